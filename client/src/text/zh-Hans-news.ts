/** 简体中文. */
import type { News } from './en-news.ts';

export const news: News = {
  soon: (start) => `${start} 开始`,
  released: '你没有表示会到，座位已让给别人。',
  moved: (place) => (place === undefined ? '地点有变' : `改到 ${place}`),
  postponed: (start) => (start === undefined ? '时间有变' : `改为 ${start}`),
  closed: '满员，已关门',
  reopened: '重新开门',
  ended: '提前结束',
  cancelled: '已取消',
  announcement: '主办方公告',
  promoted: '有位了，你可以参加！',
};
