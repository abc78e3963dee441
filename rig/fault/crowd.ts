/** People who want something all the time, come back whenever they are cut off, and write down what they were told. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { accepted, gathering, HOUR, type Attendee } from '../deployment.ts';
import { freshId, withId } from '../http.ts';
import type { Phone } from '../phone.ts';
import type { Random } from '../random.ts';
import { pause } from '../wait.ts';
import { History, outcomeOf, type Told } from './history.ts';
import type { Stage } from './stage.ts';

const CAPACITIES = [1, 3, 8, 20, null];
/** How often one and the same command is sent before its sender lets it be. */
const TRIES = 40;

export class Crowd {
  readonly history = new History();
  readonly people: Attendee[] = [];
  readonly #stage: Stage;
  readonly #random: Random;
  readonly #gatherings: { readonly id: string; readonly partyMax: number }[] = [];
  #host: Attendee | undefined;
  #going: Promise<unknown>[] = [];
  #wishing: Promise<unknown>[] = [];
  #leaving = false;
  #resting = false;

  private constructor(stage: Stage, random: Random) {
    this.#stage = stage;
    this.#random = random;
  }

  /** So many people with phones, and one who hosts what they come for. */
  static async gather(stage: Stage, random: Random, size: number): Promise<Crowd> {
    const crowd = new Crowd(stage, random);
    stage.guests.push(crowd);
    const { deployment, board } = stage;
    const host = await deployment.organiser(board, 'Hana');
    crowd.#host = host;
    for (const capacity of CAPACITIES) {
      const id = freshId();
      const partyMax = capacity === 1 ? 1 : 3;
      // Far from over, however long the run.
      accepted(await host.phone.insist(withId(gathering(id, { capacity, partyMax, end: Date.now() + 12 * HOUR }))));
      crowd.#gatherings.push({ id, partyMax });
    }
    const urls = stage.urls;
    const join = (_: unknown, index: number): Promise<Attendee> =>
      deployment.attendee(board, `Guest ${String(index)}`, 0, { url: urls[index % urls.length] ?? '', capture: false });
    crowd.people.push(host, ...(await Promise.all(Array.from({ length: size }, join))));
    for (const [index, { phone }] of crowd.people.entries()) {
      const open = crowd.#gatherings[index % 10];
      if (open !== undefined) await phone.open(`gathering/${open.id}`);
    }
    return crowd;
  }

  get phones(): Phone[] {
    return this.people.map(({ phone }) => phone);
  }

  /** Everybody begins to send and to come back. */
  start(): void {
    this.#going = this.people.map(({ phone }) => this.#stayOn(phone));
    this.#wishing = this.people.map((person) => this.#wish(person));
  }

  /** Nobody wishes for anything more; whoever is cut off still comes back. Resolves once nobody waits for an answer. */
  async rest(): Promise<void> {
    this.#resting = true;
    await Promise.all(this.#wishing);
  }

  /** Everybody leaves. Resolves once they have. */
  async leave(): Promise<void> {
    this.#resting = this.#leaving = true;
    for (const phone of this.phones) phone.drop();
    await Promise.all([...this.#going, ...this.#wishing]);
  }

  async #stayOn(phone: Phone): Promise<void> {
    for (;;) {
      await phone.closed;
      if (this.#leaving) return;
      await pause(phone.bye?.comeBackAfterMs ?? 0);
      const { urls } = this.#stage;
      // A node that does not answer is given up soon: another one stands beside it.
      const arriving = async (): Promise<unknown> => phone.arrive([this.#random.pick(urls)], 1500);
      await arriving().catch(() => pause(50));
      if (!phone.connected) await pause(50 + this.#random.int(200));
    }
  }

  async #wish(person: Attendee): Promise<void> {
    while (!this.#resting) {
      await this.#insist(person, this.history.begin(person.id, withId(this.#anything(person))));
      await pause(this.#random.int(200));
    }
  }

  /** Resolves once the phone is connected, or everybody leaves. */
  async #standing(phone: Phone): Promise<void> {
    while (!phone.connected && !this.#leaving) await pause(50);
  }

  /** Until there is an outcome – or the sender loses interest, so that some outcomes stay unknown. */
  async #insist({ phone }: Attendee, told: Told): Promise<void> {
    for (let tries = 0; tries < TRIES && !this.#leaving; tries += 1) {
      await this.#standing(phone);
      const attempt = await this.history.send(told, phone);
      const outcome = outcomeOf(attempt);
      if (outcome === 'ok' || (outcome === 'refused' && attempt.ack?.ok === false && attempt.ack.code !== 'tooMany')) break;
      if (outcome === 'unknown' && (this.#resting || this.#random.chance(0.1))) return;
      // A node that is silent is left for another.
      if (attempt.ack === undefined && attempt.ended - attempt.invoked > 1000) phone.drop();
      await pause(attempt.ack?.ok === false ? Math.min(attempt.ack.retryAfterMs ?? 50, 500) : 50 + this.#random.int(100));
    }
    // Now and then, though it is answered: the answer must be the same for ever (B7).
    if (this.#random.chance(0.05)) await this.history.send(told, phone);
  }

  #anything(person: Attendee): CommandInput {
    const random = this.#random;
    const { id, partyMax } = random.pick(this.#gatherings);
    if (person === this.#host && random.chance(0.5)) {
      return random.pick<CommandInput>([
        { type: 'editGathering', gathering: id, capacity: random.chance(0.1) ? null : partyMax + random.int(20) },
        { type: 'closeDoor', gathering: id, closed: random.chance(0.3) },
        { type: 'hideGathering', gathering: id, hidden: random.chance(0.3) },
      ]);
    }
    if (random.chance(0.05)) return { type: 'setName', name: `Name ${String(random.int(1000))}` };
    if (random.chance(0.35)) return { type: 'giveBackSeat', gathering: id };
    return { type: 'takeSeat', gathering: id, party: 1 + random.int(partyMax) };
  }
}
