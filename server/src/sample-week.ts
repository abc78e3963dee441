/** What happens in the sample week: who is there, where, and what is on. */
import type { Kind } from '@huddle/shared/gathering.ts';

export const PEOPLE = ['Mei', '嘉欣', 'Tomás', 'Aisha', '子轩', 'Yuki', 'Олена', 'Arjun', 'نور', '志明', 'Lena', 'Sofía'] as const;

export const PLACES: readonly { readonly name: string; readonly address: string }[] = [
  { name: 'Coffee Bar', address: 'Level 1, beside the entrance' },
  { name: '天台 Rooftop', address: 'Level 12' },
  { name: 'Hall 7', address: 'Level 3' },
  { name: 'Booth 12', address: 'Hall 2' },
  { name: '大堂 Lobby', address: 'Level 1' },
  { name: 'Harbour Room', address: 'Level 5' },
  { name: 'Garden', address: 'Behind Hall 2' },
];

/** What a host does with it after posting. */
type Then =
  | { readonly kind: 'move'; readonly place: string }
  | { readonly kind: 'postpone'; readonly minutes: number }
  | { readonly kind: 'close' }
  | { readonly kind: 'cancel' | 'say'; readonly text: string };

export interface SampleGathering {
  readonly title: string;
  readonly kind: Kind;
  readonly place: string;
  /** Minutes from now; or days ahead and a time. */
  readonly at: number | readonly [ahead: number, clock: string];
  readonly minutes: number;
  readonly tags?: readonly string[];
  readonly languages?: readonly string[];
  readonly description?: string;
  readonly capacity?: number;
  readonly partyMax?: number;
  readonly placeFor?: 'going';
  readonly address?: string;
  /** How many of the people take a seat, or wait for one. */
  readonly guests?: number;
  /** Party of the first of them. */
  readonly firstParty?: number;
  readonly then?: readonly Then[];
}

const en = { languages: ['en'] } as const;
const hant = { languages: ['zh-Hant'] } as const;
const hans = { languages: ['zh-Hans'] } as const;

/** In the order of hosts: the people take turns. */
export const GATHERINGS: readonly SampleGathering[] = [
  // Over.
  { title: 'Opening drinks', kind: 'party', place: '天台 Rooftop', at: [-1, '19:00'], minutes: 180, tags: ['welcome'], ...en },
  { title: '早晨咖啡', kind: 'corner', place: 'Coffee Bar', at: -420, minutes: 60, tags: ['咖啡'], ...hant },
  { title: 'How to read a paper in an hour', kind: 'talk', place: 'Harbour Room', at: -300, minutes: 60, tags: ['research'], ...en },
  { title: '自我介绍角', kind: 'corner', place: '大堂 Lobby', at: -200, minutes: 45, ...hans },
  // On.
  {
    title: 'ZK proofs for the rest of us',
    kind: 'corner',
    place: 'Coffee Bar',
    at: -25,
    minutes: 60,
    tags: ['zk', 'beginners'],
    capacity: 6,
    guests: 8,
    ...en,
  },
  {
    title: 'Live demo: a wallet without a seed phrase',
    kind: 'demo',
    place: 'Booth 12',
    at: -15,
    minutes: 40,
    tags: ['wallet', 'ux'],
    guests: 4,
    ...en,
  },
  {
    title: '零知識證明聊聊',
    kind: 'corner',
    place: 'Coffee Bar',
    at: -10,
    minutes: 75,
    tags: ['零知識', 'zk'],
    capacity: 8,
    guests: 5,
    ...hant,
  },
  {
    title: 'Hack room',
    kind: 'hackathon',
    place: 'Hall 7',
    at: -180,
    minutes: 600,
    tags: ['build'],
    guests: 6,
    languages: ['en', 'zh-Hans'],
  },
  {
    title: 'Job wall and portfolio reviews',
    kind: 'expo',
    place: '大堂 Lobby',
    at: -120,
    minutes: 300,
    tags: ['hiring'],
    guests: 2,
    ...en,
  },
  {
    title: 'Rust and embedded, round table',
    kind: 'corner',
    place: 'Garden',
    at: -30,
    minutes: 90,
    tags: ['rust'],
    capacity: 5,
    guests: 5,
    then: [{ kind: 'close' }],
    ...en,
  },
  // Soon.
  {
    title: '智能合约审计入门',
    kind: 'workshop',
    place: 'Harbour Room',
    at: 10,
    minutes: 90,
    tags: ['审计', '安全'],
    capacity: 10,
    guests: 6,
    ...hans,
  },
  {
    title: 'Privacy corner',
    kind: 'corner',
    place: 'Coffee Bar',
    at: 15,
    minutes: 45,
    tags: ['privacy'],
    guests: 3,
    then: [{ kind: 'move', place: 'Garden' }],
    ...en,
  },
  {
    title: 'Founders without co-founders',
    kind: 'meetup',
    place: '大堂 Lobby',
    at: 25,
    minutes: 60,
    tags: ['founders'],
    capacity: 12,
    guests: 4,
    ...en,
  },
  { title: '三號展位快閃演示', kind: 'demo', place: 'Booth 12', at: 35, minutes: 20, tags: ['演示'], guests: 2, ...hant },
  {
    title: 'Lightning talks',
    kind: 'talk',
    place: 'Hall 7',
    at: 50,
    minutes: 60,
    tags: ['talks'],
    guests: 3,
    then: [{ kind: 'postpone', minutes: 15 }],
    ...en,
  },
  // Later.
  {
    title: 'Hotpot for eight',
    kind: 'meal',
    place: '大堂 Lobby',
    at: 130,
    minutes: 120,
    tags: ['food'],
    capacity: 8,
    partyMax: 3,
    guests: 9,
    firstParty: 3,
    languages: ['en', 'yue'],
    then: [{ kind: 'say', text: 'We leave from the lobby together, ten minutes before.' }],
  },
  {
    title: '天台派對',
    kind: 'party',
    place: '天台 Rooftop',
    at: 240,
    minutes: 240,
    tags: ['音樂'],
    capacity: 50,
    partyMax: 2,
    guests: 7,
    firstParty: 2,
    ...hant,
  },
  { title: 'Board games', kind: 'other', place: 'Coffee Bar', at: 180, minutes: 150, tags: ['games'], capacity: 10, guests: 3, ...en },
  {
    title: 'Quiet dinner for those who maintain open source',
    kind: 'meal',
    place: 'Shown to guests',
    at: 200,
    minutes: 120,
    tags: ['open source'],
    capacity: 6,
    placeFor: 'going',
    address: 'The address is on your seat',
    guests: 4,
    ...en,
  },
  { title: '后端性能闲聊', kind: 'corner', place: 'Garden', at: 150, minutes: 60, tags: ['性能'], guests: 2, ...hans },
  {
    title: 'Karaoke',
    kind: 'party',
    place: 'Harbour Room',
    at: 300,
    minutes: 180,
    tags: ['music'],
    partyMax: 4,
    guests: 3,
    then: [{ kind: 'cancel', text: 'The machine is broken. Sorry!' }],
    languages: ['en', 'zh-Hant', 'ja'],
  },
  // Tomorrow and after.
  {
    title: 'Sunrise run along the harbour',
    kind: 'other',
    place: '大堂 Lobby',
    at: [1, '06:30'],
    minutes: 60,
    tags: ['running'],
    guests: 3,
    ...en,
  },
  {
    title: '飲茶 Dim sum',
    kind: 'meal',
    place: '大堂 Lobby',
    at: [1, '09:00'],
    minutes: 90,
    tags: ['food'],
    capacity: 10,
    partyMax: 2,
    guests: 5,
    languages: ['yue', 'en'],
  },
  {
    title: 'What we learned from running a node in every time zone for a year, with all the graphs that we never dared to show',
    kind: 'talk',
    place: 'Hall 7',
    at: [1, '10:30'],
    minutes: 60,
    tags: ['infrastructure', 'operations', 'monitoring'],
    guests: 4,
    ...en,
  },
  {
    title: 'Design critique',
    kind: 'workshop',
    place: 'Harbour Room',
    at: [1, '14:00'],
    minutes: 120,
    tags: ['design'],
    capacity: 8,
    guests: 2,
    ...en,
  },
  {
    title: 'Conference day two',
    kind: 'conference',
    place: 'Hall 7',
    at: [1, '09:30'],
    minutes: 480,
    tags: ['main programme'],
    languages: ['en', 'zh-Hant', 'zh-Hans'],
  },
  {
    title: '女性開發者聚會',
    kind: 'meetup',
    place: 'Garden',
    at: [1, '17:00'],
    minutes: 90,
    tags: ['社群'],
    capacity: 20,
    guests: 4,
    ...hant,
  },
  { title: '去中心化身份圆桌', kind: 'talk', place: 'Harbour Room', at: [2, '11:00'], minutes: 75, tags: ['身份'], guests: 3, ...hans },
  { title: 'Booth crawl', kind: 'expo', place: 'Booth 12', at: [2, '15:00'], minutes: 120, tags: ['booths'], guests: 2, ...en },
  {
    title: 'Encontro em português e español',
    kind: 'meetup',
    place: 'Coffee Bar',
    at: [2, '18:00'],
    minutes: 90,
    tags: ['community'],
    languages: ['pt', 'es'],
    guests: 2,
  },
  {
    title: 'Boat party',
    kind: 'party',
    place: 'Garden',
    at: [2, '20:00'],
    minutes: 240,
    tags: ['music'],
    capacity: 40,
    partyMax: 2,
    guests: 6,
    ...en,
    description: 'We meet in the garden and walk to the pier.\nBring something warm: it is windy out there.',
  },
  {
    title: 'Weekend hackathon: finals',
    kind: 'hackathon',
    place: 'Hall 7',
    at: [3, '10:00'],
    minutes: 420,
    tags: ['build'],
    guests: 3,
    ...en,
  },
  {
    title: '茶文化工作坊',
    kind: 'workshop',
    place: 'Garden',
    at: [3, '14:00'],
    minutes: 90,
    tags: ['茶'],
    capacity: 12,
    guests: 3,
    ...hant,
  },
  { title: '散伙饭', kind: 'meal', place: '大堂 Lobby', at: [4, '12:00'], minutes: 120, tags: ['food'], capacity: 12, guests: 5, ...hans },
];
