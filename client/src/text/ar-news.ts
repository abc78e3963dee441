/** العربية. */
import type { News } from './en-news.ts';
import { isolated } from '@huddle/shared/plural.ts';

export const news: News = {
  soon: (start) => `يبدأ في ${start}`,
  released: 'انتقل مقعدك إلى غيرك لأنك لم تقل إنك قادم.',
  moved: (place) => (place === undefined ? 'تغيّر المكان' : `انتقل إلى ${isolated(place)}`),
  postponed: (start) => (start === undefined ? 'تغيّر الموعد' : `الموعد الآن ${isolated(start)}`),
  closed: 'مكتمل والباب مغلق',
  reopened: 'فُتح الباب من جديد',
  ended: 'انتهى مبكرًا',
  cancelled: 'أُلغي',
  announcement: 'من المنظّمين',
  promoted: 'حصلت على مقعد! فقد شغر مكان.',
};
