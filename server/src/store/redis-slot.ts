/** Which of a Redis Cluster's 16,384 slots a tag belongs to: CRC16 (XMODEM), as the Redis Cluster specification defines it. */

const SLOTS = 16_384;
const POLYNOMIAL = 0x1021;

/** The slot of every key whose tag is `{tag}`. */
export const slotOf = (tag: string): number => {
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  }
  return (crc & 0xffff) % SLOTS;
};
