import { bringChromium } from './chromium.ts';

console.log(bringChromium());
