import { Initial1795000000000 } from './1795000000000-initial.js';
import { Matching1795301015344 } from './1795301015344-matching.js';
import { Whatsapp1795316762790 } from './1795316762790-whatsapp.js';
import { Webchat1795320901302 } from './1795320901302-webchat.js';
import { Calls1795321011424 } from './1795321011424-calls.js';
import { Imports1795322646499 } from './1795322646499-imports.js';
import { Pictures1795328295929 } from './1795328295929-pictures.js';
import { VisitorDelivery1795329483780 } from './1795329483780-visitor-delivery.js';

/** In the order in which they run. Never changed after landing. */
export const migrations = [
  Initial1795000000000,
  Matching1795301015344,
  Whatsapp1795316762790,
  Webchat1795320901302,
  Calls1795321011424,
  Imports1795322646499,
  Pictures1795328295929,
  VisitorDelivery1795329483780,
];
