/** Who may write: a page of this very host, a page of an origin that the operator named, or a program that shows a token (X1). */
import type { IncomingHttpHeaders } from 'node:http';

export interface OriginPolicy {
  /** Whether a socket handshake or a writing request with these headers may go on. Denies by default. */
  allows(headers: IncomingHttpHeaders, encrypted?: boolean): boolean;
  /** Whether the person's own connection is https, as far as the server itself or its proxy knows. */
  isSecure(headers: IncomingHttpHeaders, encrypted?: boolean): boolean;
}

export interface OriginParts {
  /** Exact origins that are allowed besides the host itself. */
  readonly origins: readonly string[];
  /** Whether `X-Forwarded-*` are our own proxy's. */
  readonly trustProxy: boolean;
  /** Whether an `Authorization` header holds a token that counts; only then may `Origin` be missing. */
  readonly isBearer: (authorization: string | undefined) => boolean;
}

const one = (header: string | string[] | undefined): string | undefined => (typeof header === 'string' ? header : undefined);

/** An `Origin` header as a URL, if it is written exactly as browsers write it: this alone refuses lists, paths, `null` and odd cases. */
const parseOrigin = (origin: string): URL | undefined => {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === origin ? url : undefined;
};

export const createOriginPolicy = ({ origins, trustProxy, isBearer }: OriginParts): OriginPolicy => {
  const isSecure = (headers: IncomingHttpHeaders, encrypted = false): boolean =>
    encrypted || (trustProxy && one(headers['x-forwarded-proto']) === 'https');

  return {
    isSecure,
    allows: (headers, encrypted = false) => {
      if (headers.origin === undefined) return isBearer(headers.authorization);
      const origin = parseOrigin(headers.origin);
      if (origin === undefined) return false;
      if (origins.includes(origin.origin)) return true;
      const host = (trustProxy ? one(headers['x-forwarded-host']) : undefined) ?? headers.host;
      // A page on plain http may have been altered on its way: it does not speak for the same host on https.
      return host !== undefined && origin.host === host && (origin.protocol === 'https:' || !isSecure(headers, encrypted));
    },
  };
};
