import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** CPU seconds (user + system) of a command, the mean over `times` runs, by the shell's own account of its children. */
export function cpuOf(command, times, cwd) {
  const script = `i=0; while [ $i -lt ${times} ]; do ${command} >/dev/null 2>&1 || exit 9; i=$((i+1)); done; times`;
  const { stdout, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd });
  if (status !== 0) throw new Error(`the measured command failed: ${command}`);
  const children = stdout.trim().split('\n')[1].trim().split(/\s+/);
  return children.map(seconds).reduce((a, b) => a + b) / times;
}

function seconds(text) {
  const [, minutes, rest] = /^(\d+)m([\d.]+)s$/.exec(text);
  return Number(minutes) * 60 + Number(rest);
}

/** CPU nanoseconds that a process has used so far (its threads' run time, from the scheduler's own account). */
export function cpuOfProcess(pid) {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
}

/** Child processes of a process: nginx's workers. */
export function childrenOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
}
