/** Names of hosts, as URLs have them. */

/** Whether it is a name, and no number (IPv4, or IPv6 in brackets): browsers keep passkeys for names alone (WebAuthn, §5.1.2). */
export const isHostName = (host: string): boolean => !/^[\d.]+$|^\[/.test(host);
