import { describe, expect, it } from 'vitest';
import { pushObstacle, type PushWorld } from './push.ts';
import { clockOf, minuteOf, NIGHT } from './quiet.ts';

const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15';

const phone = (userAgent: string, more: Partial<PushWorld> = {}, maxTouchPoints = 5): PushWorld => ({
  isSecureContext: true,
  navigator: { userAgent, maxTouchPoints, serviceWorker: {} },
  ...{ PushManager: {}, Notification: { permission: 'default' } },
  ...more,
});
const bare = { PushManager: undefined, Notification: undefined };

describe('being told while no page is open', () => {
  it('is possible where the browser has all it takes, and nobody said no', () => {
    expect(pushObstacle(phone(ANDROID))).toBeUndefined();
    expect(pushObstacle(phone(IPHONE))).toBeUndefined();
  });

  it('C6: needs https, before anything else', () => {
    expect(pushObstacle(phone(IPHONE, { isSecureContext: false, ...bare }))).toBe('insecure');
  });

  it('needs the Home Screen on an iPhone, and on an iPad, which calls itself a Mac', () => {
    expect(pushObstacle(phone(IPHONE, bare))).toBe('homeScreen');
    expect(pushObstacle(phone(MAC, bare))).toBe('homeScreen');
    expect(pushObstacle(phone(MAC, bare, 0))).toBe('missing');
    expect(pushObstacle(phone(ANDROID, bare))).toBe('missing');
  });

  it('is blocked where somebody said no', () => {
    expect(pushObstacle(phone(ANDROID, { Notification: { permission: 'denied' } }))).toBe('denied');
  });
});

describe('quiet hours', () => {
  it('are written as times of the day', () => {
    expect([clockOf(NIGHT.from), clockOf(NIGHT.to)]).toEqual(['22:00', '07:00']);
    expect([minuteOf('22:00'), minuteOf('07:05'), minuteOf('')]).toEqual([1320, 425, 0]);
  });
});
