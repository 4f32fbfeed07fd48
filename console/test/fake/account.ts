// The account of the fake cloud's visitor: its password, its second factor, and who is excepted from having one.
import type { Account, FactorException } from '../../src/api/account';
import type { Passkey } from '../../src/api/passkeys';
import type { FakeAnswer } from './cloud.ts';

const problem = (status: number, code: string): FakeAnswer => ({ status, body: { title: 'Refused', status, code, detail: `Refused: ${code}.` } });

export class FakeAccount {
  password = 'secret';
  /** The code that the app shows now. */
  code = '123456';
  enrolled = false;
  /** Whether the password's time is over, and who makes the next one. */
  ended: 'own' | 'issued' | null = null;
  /** Whether the site gives the role to nobody without a second factor. */
  required = false;
  recoveryCodes = ['aaaa-bbbb-cccc-dddd', 'eeee-ffff-gggg-hhhh'];
  factorRoles: string[] = ['admin', 'master'];
  exceptions: FactorException[] = [
    { accountId: 'u9', user: 'trial', domain: 'sora', reason: 'An account for evaluation.', since: '2026-01-31T12:00:00Z' },
  ];

  logIn(given: { password: string; code?: string }): FakeAnswer | null {
    if (given.password !== this.password) {
      return { status: 401, body: { title: 'Unauthorized', code: 'Unauthorized', detail: 'The contract, the user name or the password is not right.' } };
    }
    if (this.ended === 'issued') return problem(401, 'IssuedPasswordExpired');
    if (this.ended) return { status: 401, body: { title: 'Unauthorized', code: 'PasswordExpired', detail: 'Expired.', link: this.link } };
    if (this.required && !this.enrolled) return problem(401, 'SecondFactorNotSetUp');
    if (!this.enrolled) return null;
    if (!given.code) return problem(401, 'SecondFactorMissing');
    return given.code === this.code || this.recoveryCodes.includes(given.code) ? null : problem(401, 'SecondFactorWrong');
  }

  passkeys: Passkey[] = [];
  email = 'old@kumo.example';
  emailLocked = false;
  emailWaiting: string | null = null;

  askAddress({ address, proof }: { address: { email: string }; proof: { password: string } }): FakeAnswer {
    if (proof.password !== this.password) return problem(400, 'WrongPassword');
    if (address.email === this.email) return problem(409, 'SameAddress');
    this.emailWaiting = address.email;
    return { status: 202, body: { accepted: true } };
  }

  confirmAddress(token: string): FakeAnswer {
    if (token !== this.link || !this.emailWaiting) return problem(400, 'LinkLapsed');
    this.email = this.emailWaiting;
    this.emailWaiting = null;
    return { status: 204 };
  }

  read(): Account {
    return {
      user: { id: 'u1', name: 'master' },
      domain: { id: 'd1', name: 'kumo' },
      email: this.email,
      emailLocked: this.emailLocked,
      ...(this.emailWaiting ? { emailWaiting: this.emailWaiting } : {}),
      passwordSetAt: '2026-01-31T12:00:00Z',
      secondFactor: {
        enrolled: this.enrolled,
        app: this.enrolled,
        passkeys: this.passkeys,
        passkeysPossible: true,
        ...(this.enrolled ? { since: '2026-02-01T12:00:00Z' } : {}),
        recoveryCodesLeft: this.enrolled ? this.recoveryCodes.length : 0,
        required: this.required,
      },
    };
  }

  changePassword({ present, fresh }: { present: string; fresh: string }): FakeAnswer {
    if (present !== this.password) return problem(400, 'WrongPassword');
    if (fresh.startsWith('password')) return problem(400, 'WeakPassword');
    this.password = fresh;
    return { status: 204 };
  }

  /** The link in the last mail; empty: it was used. */
  link = 'link-1';

  reset({ token, password }: { token: string; password: string }): FakeAnswer {
    if (!token || token !== this.link) return problem(400, 'LinkLapsed');
    if (password.startsWith('password')) return problem(400, 'WeakPassword');
    this.password = password;
    this.ended = null;
    this.link = '';
    return { status: 204 };
  }

  open({ token }: { token: string }): FakeAnswer {
    if (!token || token !== this.link) return problem(400, 'LinkLapsed');
    this.link = '';
    return { status: 200, body: { password: 'issued-just-for-you' } };
  }

  begin({ password }: { password: string }): FakeAnswer {
    if (password !== this.password) return problem(400, 'WrongPassword');
    return { status: 200, body: { secret: 'ABCDEFGH', uri: 'otpauth://totp/x', picture: '<svg xmlns="http://www.w3.org/2000/svg"/>' } };
  }

  confirm({ code }: { code: string }): FakeAnswer {
    if (code !== this.code) return problem(400, 'WrongCode');
    this.enrolled = true;
    return { status: 200, body: { recoveryCodes: this.recoveryCodes } };
  }

  remove({ password, code }: { password: string; code: string }): FakeAnswer {
    if (password !== this.password) return problem(400, 'WrongPassword');
    if (code !== this.code) return problem(400, 'WrongCode');
    this.enrolled = false;
    return { status: 200, body: { enrolled: false } };
  }

  endException(id: string | undefined): FakeAnswer {
    this.exceptions = this.exceptions.filter((one) => one.accountId !== id);
    return { status: 204 };
  }
}
