/** 한국어. */
import type { News } from './en-news.ts';

export const news: News = {
  soon: (start) => `${start}에 시작해요`,
  released: '온다는 말이 없어 자리가 다음 사람에게 넘어갔어요.',
  moved: (place) => (place === undefined ? '장소 변경' : `장소 변경: ${place}`),
  postponed: (start) => (start === undefined ? '시간 변경' : `시간 변경: ${start}`),
  closed: '만석, 입장 마감',
  reopened: '다시 입장 가능',
  ended: '일찍 종료',
  cancelled: '취소됨',
  announcement: '운영자 공지',
  promoted: '자리가 났어요. 참가할 수 있어요!',
};
