/** Bugs that somebody might write one day. None of this is in the product: they are planted in a copy of it, one at a time. */

/** What should notice: a storm, or a test file with the tests to run of it. */
export type Watch = { readonly storm: 'redis' | 'embedded' } | { readonly test: string; readonly named?: string };

export interface Bug {
  readonly name: string;
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
  readonly watch: Watch;
}

const FEED = 'server/src/live/feed.ts';
const WRITER = 'server/src/live/writer.ts';
const feedTest = (named: string): Watch => ({ test: 'server/src/live/feed.test.ts', named });

export const BUGS: readonly Bug[] = [
  {
    name: 'the compare is dropped: whoever writes last wins',
    file: 'server/src/store/commit.lua',
    find: "if (redis.call('GET', KEYS[1]) or '0.0') ~= ARGV[1] then return {'conflict'} end",
    replace: '',
    watch: { storm: 'redis' },
  },
  {
    name: 'acknowledged before it is committed',
    file: WRITER,
    find: '    const began = performance.now();\n',
    replace: `    const began = performance.now();
    for (const { waiting, result } of accepted) waiting.answer({ ok: true, rev, ...(result === undefined ? {} : { result }) });\n`,
    watch: { storm: 'redis' },
  },
  {
    name: 'receipts are not written',
    file: 'server/src/store/commit.lua',
    find: "in_chunks('HSET', KEYS[4], receipts_at, 2 * receipts)",
    replace: '',
    watch: { storm: 'redis' },
  },
  {
    name: 'a receipt is shared by all people',
    file: 'server/src/live/command.ts',
    find: '`${nameOf(actor)}:${id}`',
    replace: '`${nameOf(actor).slice(0, 0)}:${id}`',
    watch: { storm: 'embedded' },
  },
  {
    name: 'what was tried on is not taken off again',
    file: WRITER,
    find: 'for (const [id, previous] of undo) board.put(id, previous);',
    replace: '',
    watch: { test: 'server/src/live/writer.test.ts' },
  },
  {
    name: 'a command that took effect is refused when it is sent again',
    file: WRITER,
    find: '    if (refused.length === 0) return;\n',
    replace:
      '    for (const [{ sent, answer }, refusal] of refused) this.#refuse(sent, answer, refusal);\n    if (refused.length >= 0) return;\n',
    watch: { test: 'server/src/live/writer.test.ts' },
  },
  {
    name: 'the token is not looked at: a lost history passes for the present one',
    file: 'server/src/store/embedded-file.ts',
    find: "if (!sameHead(asked.head, head)) return { kind: 'fork' };",
    replace: '',
    watch: { test: 'server/src/store/embedded.test.ts', named: 'S2' },
  },
  {
    name: 'a cursor of another history is resumed from',
    file: 'server/src/live/replica.ts',
    find: 'this.#ring.findLastIndex((entry) => sameHead(entry.head, cursor))',
    replace: 'this.#ring.findLastIndex((entry) => entry.head.rev === cursor.rev)',
    watch: feedTest('S2'),
  },
  {
    name: 'replicas are not waited for',
    file: 'server/src/store/redis.ts',
    find: '      await this.#replicated(link, board);\n      return { kind, head: commit.head };',
    replace: '      return { kind, head: commit.head };',
    watch: { test: 'server/src/store/redis.system.test.ts', named: 'R4' },
  },
  {
    name: 'the tick of every other commit is lost',
    file: FEED,
    find: '    await this.#deliver(last, all, head);\n',
    replace: '    if (head.rev % 2 === 0) await this.#deliver(last, all, head);\n',
    watch: feedTest('the feed'),
  },
  {
    name: 'a tick that throws is the board’s last',
    file: FEED,
    find: '      this.#stumble(error);\n      this.#beat.ask();\n',
    replace: '      this.#beat.stop();\n',
    watch: feedTest('N3: a tick that throws'),
  },
  {
    name: 'public news overtake one’s own',
    file: FEED,
    find: '    for (const [frame, members] of frames) await this.#deliver(frame, members);\n    await this.#deliver(last, all, head);\n',
    replace: '    await this.#deliver(last, all, head);\n    for (const [frame, members] of frames) await this.#deliver(frame, members);\n',
    watch: feedTest('N4'),
  },
  {
    name: 'what may not be seen any more stays on the page',
    file: FEED,
    find: "        member.send(encodeFrame('change', { audience, put: [], whole: true }));\n",
    replace: '',
    watch: feedTest('X5'),
  },
  {
    name: 'whoever waits behind one who left is not told',
    file: 'server/src/board/views.ts',
    find: "(after?.status !== 'waitlisted' || after.order !== before.order)",
    replace: "after?.status !== 'waitlisted'",
    watch: feedTest('comes again'),
  },
  {
    name: 'a resume sends patches instead of whole views',
    file: 'server/src/live/served-board.ts',
    find: 'const put = views.flatMap(([, view]) => view ?? []);',
    replace: 'const put = views.flatMap(([, view]) => (view === undefined ? [] : [{ ...view, taken: undefined }]));',
    watch: feedTest('resuming'),
  },
  {
    name: 'whatever is heard is applied, late and doubled',
    file: 'server/src/live/replica.ts',
    find: '    if (!sameHead(publication.follows, this.head)) return false;\n',
    replace: '',
    watch: feedTest('S3'),
  },
  {
    name: 'promotions are forgotten',
    file: 'server/src/board/rsvp.ts',
    find: 'for (const answer of promoted(board, waiting, free, now)) put.set(answer.person, answer);',
    replace: '',
    watch: { storm: 'embedded' },
  },
  {
    name: 'seats are counted instead of people: an answer that goes leaves its count behind',
    file: 'server/src/board/seats.ts',
    find: "if (previous?.status === 'going') this.#taken -= previous.party;",
    replace: '',
    watch: { test: 'server/src/board/rsvp.test.ts' },
  },
  {
    name: 'starting over adds to what was there',
    file: 'shared/src/merge.ts',
    find: 'new Map(delta.whole === true ? [] : things)',
    replace: 'new Map(things)',
    watch: { test: 'shared/src/merge.test.ts' },
  },
  {
    name: 'the outbox takes a new id when it sends again',
    file: 'client/src/live/outbox.ts',
    find: 'id: entry.id });',
    replace: 'id: parts.newId() });',
    watch: { test: 'client/src/live/outbox.test.ts' },
  },
  {
    name: 'the outbox forgets what is not answered when the page goes',
    file: 'client/src/live/outbox.ts',
    find: '      await box.put(entry);\n      storing.delete(entry);',
    replace: '      storing.delete(entry);',
    watch: { test: 'client/src/live/outbox.test.ts' },
  },
];
