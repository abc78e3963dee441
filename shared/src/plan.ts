/** My plan as a calendar: a link that a calendar program reads, unguessable and revocable. */
import * as v from 'valibot';

/** Stored: `plan-link/<person>` – one a person; whoever has its token reads their plan. */
export interface PlanLinkRecord {
  readonly id: `plan-link/${string}`;
  readonly type: 'plan-link';
  readonly rev: number;
  readonly token: string;
  readonly at: number;
}

/** The link, for the person alone, on each of their phones. Audience `person/<me>`. */
export interface PlanLinkView {
  readonly id: `plan-link/${string}`;
  readonly token: string;
}

/** By the person: makes the link; an earlier one is void from then on. The token is a secret of 22 characters. */
export const linkPlan = v.strictObject({
  type: v.literal('linkPlan'),
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
});

/** By the person: the link is void. */
export const unlinkPlan = v.strictObject({ type: v.literal('unlinkPlan') });
