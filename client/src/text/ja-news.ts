/** 日本語. */
import type { News } from './en-news.ts';

export const news: News = {
  soon: (start) => `${start} に始まります`,
  released: '来場の返事がなかったため、席は次の人に回りました。',
  moved: (place) => (place === undefined ? '場所が変わりました' : `場所の変更：${place}`),
  postponed: (start) => (start === undefined ? '時間が変わりました' : `時間の変更：${start}`),
  closed: '満席のため受付終了',
  reopened: '受付を再開しました',
  ended: '早めに終了しました',
  cancelled: '中止になりました',
  announcement: '運営からのお知らせ',
  promoted: '席が空きました。参加できます！',
};
