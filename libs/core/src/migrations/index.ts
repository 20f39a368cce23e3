import { Initial1795000000000 } from './1795000000000-initial.js';
import { Matching1795301015344 } from './1795301015344-matching.js';
import { Whatsapp1795316762790 } from './1795316762790-whatsapp.js';
import { Webchat1795320901302 } from './1795320901302-webchat.js';
import { Calls1795321011424 } from './1795321011424-calls.js';
import { Imports1795322646499 } from './1795322646499-imports.js';
import { Pictures1795328295929 } from './1795328295929-pictures.js';
import { VisitorDelivery1795329483780 } from './1795329483780-visitor-delivery.js';
import { Callbacks1795331100000 } from './1795331100000-callbacks.js';
import { Teams1795332000001 } from './1795332000001-teams.js';
import { Drafts1795332000002 } from './1795332000002-drafts.js';
import { Bulk1795332000003 } from './1795332000003-bulk.js';
import { Notices1795332000004 } from './1795332000004-notices.js';
import { Views1795332000005 } from './1795332000005-views.js';
import { Tags1795339665882 } from './1795339665882-tags.js';
import { SecondFactor1795339828223 } from './1795339828223-second-factor.js';
import { VisitorText1795352641828 } from './1795352641828-visitor-text.js';
import { Push1795339727118 } from './1795339727118-push.js';
import { ViewOrder1795339727119 } from './1795339727119-view-order.js';
import { SearchWords1795332000010 } from './1795332000010-search-words.js';
import { Board1795339468205 } from './1795339468205-board.js';
import { HeldReplies1795339803371 } from './1795339803371-held-replies.js';
import { Invitations1795354340172 } from './1795354340172-invitations.js';

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
  Callbacks1795331100000,
  Teams1795332000001,
  Drafts1795332000002,
  Bulk1795332000003,
  Notices1795332000004,
  Views1795332000005,
  SearchWords1795332000010,
  Board1795339468205,
  Tags1795339665882,
  Push1795339727118,
  ViewOrder1795339727119,
  HeldReplies1795339803371,
  SecondFactor1795339828223,
  VisitorText1795352641828,
  Invitations1795354340172,
];
