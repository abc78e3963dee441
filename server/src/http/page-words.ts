/** What pages, pictures and chats are told by the server itself, in each language; the screens' own words stand in the client. */
import type { Language } from '@huddle/shared/language.ts';
import { isolated, pluralIn } from '@huddle/shared/plural.ts';

export interface PageWords {
  seatsFree(free: number, capacity: number): string;
  going(n: number): string;
  by(hosts: string): string;
  readonly open: string;
  readonly full: string;
  readonly doorClosed: string;
  readonly cancelled: string;
  readonly over: string;
  /** What a board is good for, with how many gatherings it has. */
  board(n: number): string;
  /** Stands where a title cannot be drawn. */
  readonly aGathering: string;
}

const arabic = pluralIn('ar-u-nu-latn');
const english = pluralIn('en');
const spanish = pluralIn('es');

export const PAGE_WORDS: Record<Language, PageWords> = {
  en: {
    seatsFree: (free, capacity) => `${free} of ${capacity} seats free`,
    going: (n) => `${n} going`,
    by: (hosts) => `with ${hosts}`,
    open: 'open to all',
    full: 'full, with a waitlist',
    doorClosed: 'door closed',
    cancelled: 'cancelled',
    over: 'over',
    board: (n) =>
      `${english(n, { one: '# gathering', other: '# gatherings' })} on the live board: see what is on now, take a seat, post your own.`,
    aGathering: 'A gathering',
  },
  'zh-Hant': {
    seatsFree: (free, capacity) => `${capacity} 個座位，尚餘 ${free} 個`,
    going: (n) => `${n} 人參加`,
    by: (hosts) => `主辦：${hosts}`,
    open: '歡迎參加',
    full: '額滿，可候補',
    doorClosed: '已關門',
    cancelled: '已取消',
    over: '已結束',
    board: (n) => `即時看板上有 ${n} 場活動：看看現在有什麼、預留座位、發佈自己的活動。`,
    aGathering: '一場活動',
  },
  'zh-Hans': {
    seatsFree: (free, capacity) => `${capacity} 个座位，还剩 ${free} 个`,
    going: (n) => `${n} 人参加`,
    by: (hosts) => `主办：${hosts}`,
    open: '欢迎参加',
    full: '满员，可候补',
    doorClosed: '已关门',
    cancelled: '已取消',
    over: '已结束',
    board: (n) => `实时看板上有 ${n} 场活动：看看现在有什么、预留座位、发布自己的活动。`,
    aGathering: '一场活动',
  },
  ja: {
    seatsFree: (free, capacity) => `${capacity} 席中 ${free} 席空き`,
    going: (n) => `${n} 人参加`,
    by: (hosts) => `主催：${hosts}`,
    open: 'どなたでも歓迎',
    full: '満席（キャンセル待ち可）',
    doorClosed: '受付終了',
    cancelled: '中止',
    over: '終了',
    board: (n) => `ライブボードに ${n} 件のイベント。今やっていることを見て、席を取り、自分でも投稿できます。`,
    aGathering: 'イベント',
  },
  ko: {
    seatsFree: (free, capacity) => `${capacity}자리 중 ${free}자리 남음`,
    going: (n) => `${n}명 참가`,
    by: (hosts) => `주최: ${hosts}`,
    open: '누구나 환영',
    full: '만석, 대기 가능',
    doorClosed: '입장 마감',
    cancelled: '취소됨',
    over: '종료',
    board: (n) => `실시간 보드에 모임 ${n}개: 지금 열리는 모임을 보고, 자리를 잡고, 직접 올려 보세요.`,
    aGathering: '모임',
  },
  es: {
    seatsFree: (free, capacity) => spanish(free, { one: `# plaza libre de ${capacity}`, other: `# plazas libres de ${capacity}` }),
    going: (n) => spanish(n, { one: 'va # persona', other: 'van # personas' }),
    by: (hosts) => `con ${hosts}`,
    open: 'abierto a todos',
    full: 'completo, con lista de espera',
    doorClosed: 'puerta cerrada',
    cancelled: 'cancelado',
    over: 'terminado',
    board: (n) =>
      `${spanish(n, { one: '# encuentro', other: '# encuentros' })} en el tablero en directo: mira qué hay ahora, apúntate, publica el tuyo.`,
    aGathering: 'Un encuentro',
  },
  ar: {
    seatsFree: (free, capacity) => `المقاعد الشاغرة: ${free} من ${capacity}`,
    going: (n) =>
      arabic(n, {
        one: 'شخص واحد سيحضر',
        two: 'شخصان سيحضران',
        few: '# أشخاص سيحضرون',
        many: '# شخصًا سيحضرون',
        other: '# شخص سيحضرون',
      }),
    by: (hosts) => `المضيف: ${isolated(hosts)}`,
    open: 'مفتوح للجميع',
    full: 'مكتمل، مع قائمة انتظار',
    doorClosed: 'الباب مغلق',
    cancelled: 'أُلغي',
    over: 'انتهى',
    board: (n) =>
      `${arabic(n, { zero: 'لا لقاءات', one: 'لقاء واحد', two: 'لقاءان', few: '# لقاءات', many: '# لقاءً', other: '# لقاء' })} على اللوحة المباشرة: شاهد ما يجري الآن واحجز مقعدًا وانشر لقاءك.`,
    aGathering: 'لقاء',
  },
};
