/** One clock for all processes of this machine, in ms. */
export const clock = (): number => Number(process.hrtime.bigint()) / 1e6;
