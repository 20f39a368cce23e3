/** The little of Backbone that WhatsApp Web is built on: things that tell when they change, and collections of them. */

type Listener = (...values: unknown[]) => unknown;

export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(events: string, listener: Listener): this {
    for (const event of events.split(' ')) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    }
    return this;
  }

  off(events: string, listener: Listener): this {
    for (const event of events.split(' ')) {
      const kept = (this.#listeners.get(event) ?? []).filter((known) => known !== listener);
      this.#listeners.set(event, kept);
    }
    return this;
  }

  once(event: string, listener: Listener): this {
    const first: Listener = (...values) => {
      this.off(event, first);
      listener(...values);
    };
    return this.on(event, first);
  }

  trigger(event: string, ...values: unknown[]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(...values);
  }
}

export type Fields = Record<string, unknown>;

/** Fields are read as properties, as the library does. */
export class Model extends Emitter {
  [field: string]: unknown;
  #collection: Emitter | null = null;

  constructor(fields: Fields = {}) {
    super();
    Object.assign(this, fields);
  }

  join(collection: Emitter): void {
    this.#collection = collection;
  }

  set(fields: Fields): void {
    const before = { ...this };
    const changed = Object.keys(fields).filter((field) => before[field] !== fields[field]);
    Object.assign(this, fields);
    for (const field of changed) this.#tell(`change:${field}`, fields[field], before[field]);
    if (changed.length > 0) this.#tell('change');
  }

  serialize(): Fields {
    return JSON.parse(JSON.stringify({ ...this })) as Fields;
  }

  toJSON(): Fields {
    return { ...this };
  }

  unsafe(): this {
    return this;
  }

  #tell(event: string, ...values: unknown[]): void {
    this.trigger(event, this, ...values);
    this.#collection?.trigger(event, this, ...values);
  }
}

/** Keeps a part of a model out of what is serialised. */
export function hide(model: Model, field: string, value: unknown): void {
  Object.defineProperty(model, field, { value, writable: true, enumerable: false, configurable: true });
}

interface Identified {
  _serialized: string;
}

export class Collection<M extends Model = Model> extends Emitter {
  readonly #models = new Map<string, M>();

  constructor(readonly modelClass: new (fields: Fields) => M) {
    super();
  }

  get(id: string | Identified): M | undefined {
    return this.#models.get(keyOf(id));
  }

  add(model: M, silent = false): M {
    model.join(this);
    this.#models.set(keyOf(model['id'] as Identified), model);
    if (!silent) this.trigger('add', model);
    return model;
  }

  remove(model: M): void {
    this.#models.delete(keyOf(model['id'] as Identified));
    this.trigger('remove', model);
  }

  getModelsArray(): M[] {
    return [...this.#models.values()];
  }

  find(id: string | Identified): Promise<M | undefined> {
    return Promise.resolve(this.get(id));
  }

  update(id: string | Identified): Promise<M | undefined> {
    return this.find(id);
  }
}

function keyOf(id: string | Identified): string {
  return typeof id === 'string' ? id : id._serialized;
}
