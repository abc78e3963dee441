/** Asking for a name: what a screen says when it needs one, and what `NameSheet` shows. */
import type { LiveBoardApi } from '../live/api.ts';
import { myName } from './name.ts';

export class NameAsk {
  /** Whether the sheet is open. */
  open = $state(false);
  /** What stands in the field. */
  name = $state('');
  /** Changing a name, not giving the first one. */
  renaming = $state(false);
  readonly #live: () => LiveBoardApi;
  #settle: (named: boolean) => void = () => undefined;

  /** @param live the board, as a function so that it stays the current one */
  constructor(live: () => LiveBoardApi) {
    this.#live = live;
  }

  get live(): LiveBoardApi {
    return this.#live();
  }

  /** Resolves true once there is a name, after asking where there is none; false when the person closed the sheet. */
  named(): Promise<boolean> {
    if (myName(this.live) !== '') return Promise.resolve(true);
    this.name = '';
    this.renaming = false;
    this.open = true;
    return new Promise((resolve) => (this.#settle = resolve));
  }

  /** Opens the sheet to change the name. */
  rename(): void {
    this.name = myName(this.live);
    this.renaming = true;
    this.open = true;
  }

  /** Ends the asking. */
  settle(named: boolean): void {
    this.open = false;
    this.#settle(named);
    this.#settle = () => undefined;
  }
}
