/** after this long without another word, nobody types any more; the contract says so */
const lapsesMs = 6000;
const tellEveryMs = 3000;

/** Who types, on both sides. */
export class Typing {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** milliseconds since 1970; 0 = he does not */
  private toldAt = 0;

  constructor(
    private readonly tell: (typing: boolean) => void,
    private readonly show: (agent: string | null) => void,
  ) {}

  /** @param typing false: the visitor has stopped, or sent it */
  visitor(typing: boolean): void {
    if (typing ? Date.now() - this.toldAt < tellEveryMs : this.toldAt === 0) return;
    this.toldAt = typing ? Date.now() : 0;
    this.tell(typing);
  }

  agent(name: string | null): void {
    clearTimeout(this.timer);
    this.show(name);
    if (name !== null) this.timer = setTimeout(() => this.agent(null), lapsesMs);
  }
}
