// A real bash with the real openstack client and curl, in which copied commands are run.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Hands words to the client that runs already; a file that lives in this shell only is named so that the client finds it. */
const FUNCTION = `
openstack() {
  local words=() word code
  for word; do case $word in /dev/fd/*) word=/proc/$BASHPID/fd/\${word##*/} ;; esac; words+=("$word"); done
  printf '%s\\0' "\${words[@]}" >"$ASKED"
  { read -r code; cat; } <"$ANSWERED"
  return "$code"
}
set -e -o pipefail
`;

export class Shell {
  private readonly folder = mkdtempSync(join(tmpdir(), 'unkai-commands-'));
  private readonly asked = join(this.folder, 'asked');
  private readonly answered = join(this.folder, 'answered');
  private readonly client: ChildProcess;
  token = '';

  constructor() {
    spawnSync('mkfifo', [this.asked, this.answered]);
    this.client = spawn('/usr/bin/python3', [join(import.meta.dirname, 'client.py'), this.asked, this.answered], { cwd: this.folder, stdio: 'inherit' });
  }

  /** Gives what the commands printed; throws what they said when one failed. */
  run(commands: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const bash = spawn('bash', ['-c', FUNCTION + commands], { cwd: this.folder, env: { ...process.env, ASKED: this.asked, ANSWERED: this.answered, OS_TOKEN: this.token } });
      let out = '';
      bash.stdout.on('data', (part: Buffer) => (out += part.toString()));
      bash.stderr.on('data', (part: Buffer) => (out += part.toString()));
      bash.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${commands}\n→ ${code}: ${out}`))));
    });
  }

  end(): void {
    this.client.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
