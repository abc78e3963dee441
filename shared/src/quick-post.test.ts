import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuickPost, QuickPostContext } from './quick-post.ts';
import { parseQuickPost } from './quick-post.ts';

const ZONE = 'Asia/Hong_Kong';
const at = (wall: string): number => Date.parse(`${wall}+08:00`);
/** A Monday afternoon of a board from Sunday to Sunday. */
const context: QuickPostContext = {
  now: at('2024-05-20T14:05:20'),
  zone: ZONE,
  places: ['Coffee Bar', 'Rooftop', '咖啡吧', '天台', 'Hall 7', 'Booth 12'],
  from: '2024-05-19',
  to: '2024-05-26',
};
const parse = (line: string, more: Partial<QuickPostContext> = {}): QuickPost => parseQuickPost(line, { ...context, ...more });

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const wall = (ms: number): string => {
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${part['weekday']} ${part['day']} ${part['hour']}:${part['minute']}`;
};

type More = Partial<Pick<QuickPost, 'place' | 'capacity' | 'partyMax' | 'tags'>>;
type Row = readonly [line: string, title: string, kind: string, when: string, more: More];

const ENGLISH: readonly Row[] = [
  [
    'zk corner meeting at coffee bar in 10 min for 8',
    'zk corner meeting',
    'corner',
    'Mon 20 14:15 – Mon 20 15:15',
    { place: 'Coffee Bar', capacity: 8 },
  ],
  ['party tomorrow 9pm at rooftop bar 50 seats', 'party', 'party', 'Tue 21 21:00 – Tue 21 22:00', { place: 'rooftop bar', capacity: 50 }],
  ['demo now at booth 12 30 min', 'demo', 'demo', 'Mon 20 14:05 – Mon 20 14:35', { place: 'Booth 12' }],
  ['from 7 to 9pm', '', 'corner', 'Mon 20 19:00 – Mon 20 21:00', {}],
  ['19:30-21:00', '', 'corner', 'Mon 20 19:30 – Mon 20 21:00', {}],
  ['2pm for 2 hours', '', 'corner', 'Mon 20 14:00 – Mon 20 16:00', {}],
  ['dinner 5/24', 'dinner', 'meal', 'Fri 24 19:00 – Fri 24 20:00', {}],
  ['dinner 24 May 8pm', 'dinner', 'meal', 'Fri 24 20:00 – Fri 24 21:00', {}],
  ['rust corner', 'rust corner', 'corner', 'Mon 20 14:05 – Mon 20 15:05', {}],
  ['lunch at 1 for 6', 'lunch', 'meal', 'Tue 21 13:00 – Tue 21 14:00', { capacity: 6 }],
  ['lunch at noon', 'lunch', 'meal', 'Tue 21 12:00 – Tue 21 13:00', {}],
  ['party from 10pm to 2am at Hall 7', 'party', 'party', 'Mon 20 22:00 – Tue 21 02:00', { place: 'Hall 7' }],
  ['talk friday 11 at main stage', 'talk', 'talk', 'Fri 24 11:00 – Fri 24 12:00', { place: 'main stage' }],
  ['afterparty tonight at 1am', 'afterparty', 'party', 'Tue 21 01:00 – Tue 21 02:00', {}],
  ['zk meetup 3pm-5pm @ Rooftop +1', 'zk meetup', 'meetup', 'Mon 20 15:00 – Mon 20 17:00', { place: 'Rooftop', partyMax: 2 }],
  ['panel next wednesday 9:30 - 11:00 in room 201', 'panel', 'talk', 'Wed 22 09:30 – Wed 22 11:00', { place: 'room 201' }],
  ['coffee at 9 at Coffee Bar', 'coffee', 'corner', 'Mon 20 21:00 – Mon 20 22:00', { place: 'Coffee Bar' }],
  [
    'breakfast tomorrow at 7:30 at hotel lobby for four',
    'breakfast',
    'meal',
    'Tue 21 07:30 – Tue 21 08:30',
    { place: 'hotel lobby', capacity: 4 },
  ],
  ['meet at lobby 18:00 for 90 min', 'meet', 'corner', 'Mon 20 18:00 – Mon 20 19:30', { place: 'lobby' }],
  ['corner chat about MEV in an hour', 'corner chat about MEV', 'corner', 'Mon 20 15:05 – Mon 20 16:05', {}],
  ['1h30 workshop at 4pm in booth B2', 'workshop', 'workshop', 'Mon 20 16:00 – Mon 20 17:30', { place: 'booth B2' }],
  [
    'in half an hour, zk proofs @ coffee bar, for 5',
    'zk proofs',
    'corner',
    'Mon 20 14:35 – Mon 20 15:35',
    { place: 'Coffee Bar', capacity: 5 },
  ],
  ['hackathon until 11pm', 'hackathon', 'hackathon', 'Mon 20 14:05 – Mon 20 23:00', {}],
  [
    'AMA with founders on Wednesday evening at main hall #ama #founders',
    'AMA with founders',
    'talk',
    'Wed 22 19:00 – Wed 22 20:00',
    { place: 'main hall', tags: ['ama', 'founders'] },
  ],
  ['I am here', 'I am here', 'corner', 'Mon 20 14:05 – Mon 20 15:05', {}],
  ['drinks at 9 for 8 hours', 'drinks', 'party', 'Mon 20 21:00 – Tue 21 05:00', {}],
  ['run club sat 7am at harbour', 'run club', 'corner', 'Sat 25 07:00 – Sat 25 08:00', { place: 'harbour' }],
  ['24th of May dinner for 8 people', 'dinner', 'meal', 'Fri 24 19:00 – Fri 24 20:00', { capacity: 8 }],
  ['may 24 dinner max 12', 'dinner', 'meal', 'Fri 24 19:00 – Fri 24 20:00', { capacity: 12 }],
  ['2024-05-24 20:00 gala dinner', 'gala dinner', 'meal', 'Fri 24 20:00 – Fri 24 21:00', {}],
  ['hack night at rooftop from 8 until late', 'hack night until late', 'hackathon', 'Mon 20 20:00 – Mon 20 21:00', { place: 'Rooftop' }],
  [
    'dinner with friends of ZK at Hall 7 tomorrow 7-9pm, 12 seats, +1',
    'dinner with friends of ZK',
    'meal',
    'Tue 21 19:00 – Tue 21 21:00',
    { place: 'Hall 7', capacity: 12, partyMax: 2 },
  ],
  ['14:00', '', 'corner', 'Mon 20 14:00 – Mon 20 15:00', {}],
  ['3pm demo booth A12', 'demo', 'demo', 'Mon 20 15:00 – Mon 20 16:00', { place: 'booth A12' }],
  ['Demo, 3 pm, Booth A12, 20 people', 'Demo', 'demo', 'Mon 20 15:00 – Mon 20 16:00', { place: 'Booth A12', capacity: 20 }],
  ['for 8', '', 'corner', 'Mon 20 14:05 – Mon 20 15:05', { capacity: 8 }],
  [
    'rooftop drinks ~9pm +2 bring a friend',
    'drinks bring a friend',
    'party',
    'Mon 20 21:00 – Mon 20 22:00',
    { place: 'Rooftop', partyMax: 3 },
  ],
  ['party at 21h', 'party', 'party', 'Mon 20 21:00 – Mon 20 22:00', {}],
  [
    'AI x crypto roundtable in 1.5 hours for 10-12 people at room 4A',
    'AI x crypto roundtable',
    'corner',
    'Mon 20 15:35 – Mon 20 16:35',
    { place: 'room 4A', capacity: 12 },
  ],
  ['cafe meetup 11am-1pm sunday', 'cafe meetup', 'meetup', 'Sun 26 11:00 – Sun 26 13:00', {}],
  ['from 11 to 1pm lunch', 'lunch', 'meal', 'Tue 21 11:00 – Tue 21 13:00', {}],
  ['Q3 roadmap 2pm', 'Q3 roadmap', 'corner', 'Mon 20 14:00 – Mon 20 15:00', {}],
  ['meet in 2 days at 3', 'meet', 'corner', 'Wed 22 15:00 – Wed 22 16:00', {}],
  ['workshop for beginners at 4', 'workshop for beginners', 'workshop', 'Mon 20 16:00 – Mon 20 17:00', {}],
  ['dinner for two at 8pm', 'dinner', 'meal', 'Mon 20 20:00 – Mon 20 21:00', { capacity: 2 }],
  ['zk 101 at 5', 'zk 101', 'corner', 'Mon 20 17:00 – Mon 20 18:00', {}],
  ['web3 party 10pm till 4am', 'web3 party', 'party', 'Mon 20 22:00 – Tue 21 04:00', {}],
  ['brunch sunday 10:30 at Café Nord for 6', 'brunch', 'meal', 'Sun 26 10:30 – Sun 26 11:30', { place: 'Café Nord', capacity: 6 }],
  ['game night tomorrow night at Hall 7', 'game night', 'corner', 'Tue 21 19:00 – Tue 21 20:00', { place: 'Hall 7' }],
  ['keynote on 25 May at 9am in hall A', 'keynote', 'talk', 'Sat 25 09:00 – Sat 25 10:00', { place: 'hall A' }],
  [
    'founders dinner thu 7:30pm @ Old Port, max 14, +1 ok',
    'founders dinner',
    'meal',
    'Thu 23 19:30 – Thu 23 20:30',
    { place: 'Old Port', capacity: 14, partyMax: 2 },
  ],
  ['yoga tomorrow 7', 'yoga', 'corner', 'Tue 21 07:00 – Tue 21 08:00', {}],
  ['party tomorrow at 9', 'party', 'party', 'Tue 21 21:00 – Tue 21 22:00', {}],
  ['corner tomorrow at 9', 'corner', 'corner', 'Tue 21 09:00 – Tue 21 10:00', {}],
  ['lightning talks 4.30pm hall 7', 'lightning talks', 'talk', 'Mon 20 16:30 – Mon 20 17:30', { place: 'Hall 7' }],
];

const CHINESE: readonly Row[] = [
  ['10分鐘後在咖啡吧聊聊零知識證明 8人', '聊聊零知識證明', 'corner', 'Mon 20 14:15 – Mon 20 15:15', { place: '咖啡吧', capacity: 8 }],
  [
    '今晚8點半 天台派對 限50人 每人可帶1位',
    '天台派對',
    'party',
    'Mon 20 20:30 – Mon 20 21:30',
    { place: '天台', capacity: 50, partyMax: 2 },
  ],
  ['明天下午3点 3号展位 演示', '演示', 'demo', 'Tue 21 15:00 – Tue 21 16:00', { place: '3号展位' }],
  ['半小时后', '', 'corner', 'Mon 20 14:35 – Mon 20 15:35', {}],
  ['三点一刻', '', 'corner', 'Mon 20 15:15 – Mon 20 16:15', {}],
  ['5月24日 晚上7點 晚餐', '晚餐', 'meal', 'Fri 24 19:00 – Fri 24 20:00', {}],
  ['在大堂集合 19:30 一起去吃火鍋 12位', '集合 一起去吃火鍋', 'meal', 'Mon 20 19:30 – Mon 20 20:30', { place: '大堂', capacity: 12 }],
  ['今晚7點 一齊食飯', '一齊食飯', 'meal', 'Mon 20 19:00 – Mon 20 20:00', {}],
  ['一点钟 午餐', '午餐', 'meal', 'Tue 21 13:00 – Tue 21 14:00', {}],
  ['聊一點技術 在3樓大堂', '聊一點技術', 'corner', 'Mon 20 14:05 – Mon 20 15:05', { place: '3樓大堂' }],
  [
    '下周五晚上九点到十一点 黑客松 在会展中心 上限一百人',
    '黑客松',
    'hackathon',
    'Fri 24 21:00 – Fri 24 23:00',
    { place: '会展中心', capacity: 100 },
  ],
  ['半小時後 3號展位 演示 30分鐘', '演示', 'demo', 'Mon 20 14:35 – Mon 20 15:05', { place: '3號展位' }],
  ['晚上11点到凌晨2点 天台派对', '天台派对', 'party', 'Mon 20 23:00 – Tue 21 02:00', { place: '天台' }],
  ['两个小时后在咖啡店里聊defi', '聊defi', 'corner', 'Mon 20 16:05 – Mon 20 17:05', { place: '咖啡店里' }],
  ['聊聊 Rust 一個半小時', '聊聊 Rust', 'corner', 'Mon 20 14:05 – Mon 20 15:35', {}],
  ['明早9点 早餐 咖啡吧 6个人', '早餐', 'meal', 'Tue 21 09:00 – Tue 21 10:00', { place: '咖啡吧', capacity: 6 }],
  ['周三三点 圆桌 限20', '圆桌', 'talk', 'Wed 22 15:00 – Wed 22 16:00', { capacity: 20 }],
  ['後天中午 午餐', '午餐', 'meal', 'Wed 22 12:00 – Wed 22 13:00', {}],
  ['8-10人 桌遊 今晚', '桌遊', 'corner', 'Mon 20 19:00 – Mon 20 20:00', { capacity: 10 }],
  ['打邊爐 聽晚7點 喺旺角 6位', '打邊爐', 'corner', 'Tue 21 19:00 – Tue 21 20:00', { place: '旺角', capacity: 6 }],
  ['1點 午餐', '午餐', 'meal', 'Tue 21 13:00 – Tue 21 14:00', {}],
  ['聊聊 at 3', '聊聊', 'corner', 'Mon 20 15:00 – Mon 20 16:00', {}],
  ['七点半在天台喝酒', '喝酒', 'party', 'Mon 20 19:30 – Mon 20 20:30', { place: '天台' }],
  ['午夜派對', '派對', 'party', 'Tue 21 00:00 – Tue 21 01:00', {}],
  [
    '今天下午三点到五点半 工作坊 @三楼大堂 名额20',
    '工作坊',
    'workshop',
    'Mon 20 15:00 – Mon 20 17:30',
    { place: '三楼大堂', capacity: 20 },
  ],
  ['星期六 早上9點 晨跑 在維多利亞公園', '晨跑', 'corner', 'Sat 25 09:00 – Sat 25 10:00', { place: '維多利亞公園' }],
  ['明天 中午12点 饭局 两位', '饭局', 'meal', 'Tue 21 12:00 – Tue 21 13:00', { capacity: 2 }],
  ['下午2點至4點 座談 5樓大廳', '座談', 'talk', 'Mon 20 14:00 – Mon 20 16:00', { place: '5樓大廳' }],
  ['20:00 電影', '電影', 'corner', 'Mon 20 20:00 – Mon 20 21:00', {}],
  ['过半小时 咖啡吧 小聚', '小聚', 'corner', 'Mon 20 14:35 – Mon 20 15:35', { place: '咖啡吧' }],
  ['再过10分钟', '', 'corner', 'Mon 20 14:15 – Mon 20 15:15', {}],
  ['ＺＫ　聚會　明天　下午３點　＠咖啡吧　１２人', 'ＺＫ 聚會', 'meetup', 'Tue 21 15:00 – Tue 21 16:00', { place: '咖啡吧', capacity: 12 }],
  ['二十四号晚上八点 派对', '派对', 'party', 'Fri 24 20:00 – Fri 24 21:00', {}],
  ['24号 晚上8点 派对', '派对', 'party', 'Fri 24 20:00 – Fri 24 21:00', {}],
  ['兩天後下午3點 演示', '演示', 'demo', 'Wed 22 15:00 – Wed 22 16:00', {}],
  ['限額三十 今晚九點 酒會', '酒會', 'party', 'Mon 20 21:00 – Mon 20 22:00', { capacity: 30 }],
  ['今晚 KTV 十点 旺角见 八个人', 'KTV 旺角见', 'corner', 'Mon 20 22:00 – Mon 20 23:00', { capacity: 8 }],
  ['明日上午十點半 圓桌 零知識 天台 20人', '圓桌 零知識', 'talk', 'Tue 21 10:30 – Tue 21 11:30', { place: '天台', capacity: 20 }],
  ['5/25 下午两点 展位12 演示 20分钟', '演示', 'demo', 'Sat 25 14:00 – Sat 25 14:20', { place: '展位12' }],
  ['周日早上十点半 早茶 6位', '早茶', 'meal', 'Sun 26 10:30 – Sun 26 11:30', { capacity: 6 }],
  ['星期五晚 派對 天台 100人', '派對', 'party', 'Fri 24 19:00 – Fri 24 20:00', { place: '天台', capacity: 100 }],
  ['在天台 晚8點 酒會 +1', '酒會', 'party', 'Mon 20 20:00 – Mon 20 21:00', { place: '天台', partyMax: 2 }],
];

describe('one line becomes a gathering', () => {
  const check = (line: string, title: string, kind: string, when: string, more: More): void => {
    const { start, end, spans: _, ...rest } = parse(line);
    expect({ when: `${wall(start)} – ${wall(end)}`, ...rest }).toEqual({ when, title, kind, tags: [], ...more });
  };
  it.each(ENGLISH)('%s', check);
  it.each(CHINESE)('%s', check);
});

describe('what is not said', () => {
  it('is now, for an hour, at the last place, in a corner', () => {
    expect(parse('rust', { lastPlace: 'Sofa' })).toMatchObject({
      title: 'rust',
      kind: 'corner',
      place: 'Sofa',
      start: at('2024-05-20T14:05:00'),
    });
    expect(parse('rust').end).toBe(at('2024-05-20T15:05:00'));
    expect(parse('rust')).not.toHaveProperty('place');
  });

  it('goes to the first day of a board that is still to come', () => {
    const early = { from: '2024-06-03', to: '2024-06-07' };
    expect(wall(parse('party 9pm', early).start)).toBe('Mon 03 21:00');
    expect(wall(parse('dinner at 7', early).start)).toBe('Mon 03 19:00');
    expect(wall(parse('corner friday 3pm', early).start)).toBe('Fri 07 15:00');
  });
});

describe('an hour without am or pm is the next one to come', () => {
  it.each([
    ['09:00', 'corner at 9', 'Mon 20 09:00'],
    ['09:01', 'corner at 9', 'Mon 20 21:00'],
    ['21:01', 'corner at 9', 'Tue 21 09:00'],
    ['21:01', 'today at 9', 'Tue 21 09:00'],
    ['14:05', 'corner at 2', 'Tue 21 14:00'],
    ['23:30', 'corner at 1', 'Tue 21 01:00'],
    ['14:05', 'party at 1', 'Tue 21 01:00'],
    ['19:30', 'from 7 to 9', 'Tue 21 07:00'],
  ])('at %s, "%s"', (clock, line, start) => expect(wall(parse(line, { now: at(`2024-05-20T${clock}:00`) }).start)).toBe(start));

  it('but what says its half of the day may have begun', () => {
    const now = at('2024-05-20T19:40:00');
    expect(wall(parse('19:30', { now }).start)).toBe('Mon 20 19:30');
    expect(wall(parse('7pm for 2 hours', { now }).start)).toBe('Mon 20 19:00');
    expect(wall(parse('7-9pm', { now }).start)).toBe('Mon 20 19:00');
    expect(wall(parse('7pm', { now }).start)).toBe('Tue 21 19:00');
  });

  it('knows the night when clocks go forward', () => {
    const berlin = { zone: 'Europe/Berlin', now: Date.parse('2024-03-30T23:00:00Z'), from: '2024-03-30', to: '2024-04-01' };
    const { start, end } = parse('party at 1am for 2 hours', berlin);
    expect([start, end]).toEqual([Date.parse('2024-03-31T00:00:00Z'), Date.parse('2024-03-31T02:00:00Z')]);
  });
});

describe('days', () => {
  it('reads 5/24 and 24/5 by the days of the board, and 24/7 not at all', () => {
    expect(wall(parse('5/24 9am').start)).toBe('Fri 24 09:00');
    expect(wall(parse('24/5 9am').start)).toBe('Fri 24 09:00');
    expect(wall(parse('9/8 9am', { from: '2024-08-07', to: '2024-08-10' }).start)).toBe('Fri 09 09:00');
    expect(parse('24/7 support party').title).toBe('24/7 support party');
  });

  it('takes the year that is near the board', () => {
    const newYear = { now: at('2024-12-30T12:00:00'), from: '2024-12-29', to: '2025-01-03' };
    expect(parse('2 Jan 9am', newYear).start).toBe(at('2025-01-02T09:00:00'));
  });

  it('leaves alone what is no day', () => {
    expect(parse('29 Feb 2023').title).toBe('29 Feb 2023');
    expect(parse('五月天 3号展位').start).toBe(at('2024-05-20T14:05:00'));
  });
});

describe('chips', () => {
  it('say which part of the line became what, in the order of the line', () => {
    const line = 'ZK corner at Coffee Bar in 10 min for 8 #privacy';
    expect(parse(line).spans.map(({ from, to, field }) => [field, line.slice(from, to)])).toEqual([
      ['kind', 'corner'],
      ['place', 'at Coffee Bar'],
      ['time', 'in 10 min'],
      ['capacity', 'for 8'],
      ['tag', '#privacy'],
    ]);
  });

  it('count in the line as typed, full-width letters too', () => {
    const line = '　ＺＫ　明天下午３點　＠咖啡吧　聚會';
    expect(parse(line).spans.map(({ from, to, field }) => [field, line.slice(from, to)])).toEqual([
      ['time', '明天'],
      ['time', '下午３點'],
      ['place', '＠咖啡吧'],
      ['kind', '聚會'],
    ]);
  });

  it('keep 在 apart from 現在', () => {
    expect(parse('現在 咖啡吧 閒聊')).toMatchObject({ title: '閒聊', place: '咖啡吧', start: at('2024-05-20T14:05:00') });
  });
});

describe('whatever is typed', () => {
  const WORDS = [...ENGLISH, ...CHINESE].flatMap(([line]) => line.split(' '));
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', maxLength: 3 }), fc.nat({ max: 99_999 }).map(String)), {
        maxLength: 10,
      })
      .map((words) => words.join(' ')),
    fc.array(fc.constantFrom(...Array.from(WORDS.join(''))), { maxLength: 30 }).map((letters) => letters.join('')),
  );
  const zones = fc.constantFrom(ZONE, 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe');
  const now = fc.integer({ min: at('2023-01-01T00:00:00'), max: at('2026-01-01T00:00:00') });

  it('it never throws, ends after it starts, within a day, and its chips do not overlap', () => {
    fc.assert(
      fc.property(typed, zones, now, (line, zone, ms) => {
        const post = parse(line, { zone, now: ms });
        expect(post.end).toBeGreaterThan(post.start);
        expect(post.end - post.start).toBeLessThanOrEqual(24 * 3_600_000);
        expect(Number.isSafeInteger(post.start)).toBe(true);
        if (post.capacity !== undefined) expect(post.capacity >= 1 && post.capacity <= 10_000).toBe(true);
        if (post.partyMax !== undefined) expect(post.partyMax >= 2 && post.partyMax <= 10).toBe(true);
        expect(post.title.length).toBeLessThanOrEqual(120);
        // A place or kind that stays in the title may share letters with another chip; what was taken out may not.
        let reached = 0;
        for (const { from, to, field } of post.spans) {
          expect(to).toBeGreaterThan(from);
          if (field === 'kind' || field === 'place') continue;
          expect(from).toBeGreaterThanOrEqual(reached);
          reached = to;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a long line of anything is quick to read', () => {
    for (const bit of ['1', ' 1', 'at ', '在', 'a h', '十', '1:', 'for 1-', '下午3點到', '@x '])
      expect(() => parse(bit.repeat(4000))).not.toThrow();
  });
});

describe('a place with a name in two scripts', () => {
  const places = ['大堂 Lobby', 'Hall 7 展廳', 'Hall 8 展廳'];

  it.each([
    ['大堂 zk 小聚', '大堂 Lobby', 'zk 小聚'],
    ['10分鐘後在大堂聊聊', '大堂 Lobby', '聊聊'],
    ['zk corner at the lobby', '大堂 Lobby', 'zk corner'],
    ['zk corner 大堂 lobby', '大堂 Lobby', 'zk corner'],
    ['demo at hall 7', 'Hall 7 展廳', 'demo'],
  ])('is understood by either: %s', (line, place, title) => {
    expect(parse(line, { places })).toMatchObject({ place, title });
  });

  it('is not guessed where two share a word', () => {
    expect(parse('展廳 demo', { places }).place).toBeUndefined();
  });
});
