import { describe, expect, it } from '@jest/globals';
import { AppError } from '@loket/contracts/errors.js';
import { network, SignInLimits } from './sign-in-limits.js';

const yes = (): Promise<boolean> => Promise.resolve(true);
const no = (): Promise<boolean> => Promise.resolve(false);
const email = 'siti@loket.example';

async function attempts(count: number, one: (n: number) => Promise<unknown>): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < count; n++) {
    codes.push(
      await one(n).then(
        () => 'in',
        (error: unknown) => (error as AppError).code,
      ),
    );
  }
  return codes;
}

describe('sign-in limits', () => {
  it('stop one address that guesses for one person after ten', async () => {
    const limits = new SignInLimits();
    const codes = await attempts(12, () => limits.take('10.0.0.1', email, no));
    expect(codes).toEqual([...Array<string>(10).fill('in'), 'sign_in_limited', 'sign_in_limited']);
    await expect(limits.take('10.0.0.2', email, no)).resolves.toBeDefined();
    await expect(limits.take('10.0.0.1', 'budi@loket.example', no)).resolves.toBeDefined();
  });

  it('stop one address that tries one word on everybody after a hundred', async () => {
    const limits = new SignInLimits();
    const codes = await attempts(102, (n) => limits.take('10.0.0.1', `p${String(n)}@loket.example`, no));
    expect(codes.indexOf('sign_in_limited')).toBe(100);
  });

  it('let a person in from where he has been before while a botnet guesses', async () => {
    const limits = new SignInLimits();
    const codes = await attempts(60, (n) => limits.take(`10.1.${String(n)}.1`, email, no));
    expect(codes.indexOf('sign_in_limited')).toBe(50);
    await expect(limits.take('10.2.0.1', email, no)).rejects.toMatchObject({ code: 'sign_in_limited' });
    await expect(limits.take('10.2.0.1', email, yes)).resolves.toBeDefined();
  });

  it('do not count those who are right', async () => {
    const limits = new SignInLimits();
    const codes = await attempts(300, async () => (await limits.take('10.0.0.1', email, no))());
    expect(new Set(codes)).toEqual(new Set(['in']));
  });
});

describe('network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('of %s is %s', (ip, expected) => {
    expect(network(ip)).toBe(expected);
  });
});
