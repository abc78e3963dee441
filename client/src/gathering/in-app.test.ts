import { describe, expect, it } from 'vitest';
import { inAppBrowser } from './in-app.ts';

const URL_HERE = 'https://huddle.example/b/harbour/g/abc?q=zk';
const INTENT =
  'intent://huddle.example/b/harbour/g/abc?q=zk#Intent;scheme=https;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/128.0.0.0 Mobile Safari/537.36';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';

describe('the browser inside a chat app', () => {
  it.each([
    ['WeChat on Android', `${ANDROID} XWEB/1160117 MMWEBSDK/20240501 MicroMessenger/8.0.50`, undefined],
    ['WeChat on iPhone', `${IPHONE} MicroMessenger/8.0.50(0x18003237) NetType/WIFI`, undefined],
    ['Telegram on Android', `${ANDROID} Telegram-Android/11.2.3`, INTENT],
    ['Instagram on Android', `${ANDROID} Instagram 345.0.0.48.95 Android`, INTENT],
    ['Instagram on iPhone', `${IPHONE} Instagram 345.0.0.26.95`, undefined],
    ['LINE on Android', `${ANDROID} Line/14.12.1/IAB`, `${URL_HERE}&openExternalBrowser=1`],
    ['LINE on iPhone', `${IPHONE} Safari Line/14.12.1`, `${URL_HERE}&openExternalBrowser=1`],
  ])('%s is one, and this is the way out of it', (_, userAgent, wayOut) => {
    const browser = inAppBrowser(userAgent);
    expect(browser).toBeDefined();
    expect(browser?.wayOut?.(URL_HERE)).toBe(wayOut);
  });

  it.each([
    ['Chrome', ANDROID.replace('; wv', '').replace('Version/4.0 ', '')],
    ['Safari', `${IPHONE.replace('Mobile/', 'Version/17.5 Mobile/')} Safari/604.1`],
  ])('%s is a browser of its own', (_, userAgent) => expect(inAppBrowser(userAgent)).toBeUndefined());
});
