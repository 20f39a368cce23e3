export { whatsappEventSchema, type WhatsappEvent } from './whatsapp-event.js';
