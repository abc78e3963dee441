/** Español. */
import type { News } from './en-news.ts';

export const news: News = {
  soon: (start) => `Empieza a las ${start}`,
  released: 'Tu plaza pasó a otra persona porque no habías dicho que venías.',
  moved: (place) => (place === undefined ? 'Cambio de lugar' : `Ahora en ${place}`),
  postponed: (start) => (start === undefined ? 'Nueva hora' : `Nueva hora: ${start}`),
  closed: 'Completo, puerta cerrada',
  reopened: 'Puerta abierta de nuevo',
  ended: 'Terminó antes',
  cancelled: 'Cancelado',
  announcement: 'De la organización',
  promoted: '¡Estás dentro! Se ha liberado una plaza.',
};
