/** 繁體中文. */
import type { News } from './en-news.ts';

export const news: News = {
  soon: (start) => `${start} 開始`,
  released: '你沒有表示會到，座位已讓給別人。',
  moved: (place) => (place === undefined ? '地點有變' : `改到 ${place}`),
  postponed: (start) => (start === undefined ? '時間有變' : `改為 ${start}`),
  closed: '額滿，已關門',
  reopened: '重新開門',
  ended: '提早結束',
  cancelled: '已取消',
  announcement: '主辦單位公告',
  promoted: '有位了，你可以參加！',
};
