// Looks into the first bytes of a disk image: its format, its size, and what would make the service refuse it.
import type { DiskFormat } from '../../api/image';

export interface Inspection {
  format: DiskFormat;
  /** bytes; 0 where the format does not tell */
  virtualSize: number;
  problem: 'empty' | 'backing' | 'iso' | 'foreign' | null;
}

const HEAD = 64 * 1024;
const QCOW2 = 0x5146_49fb;
const FOREIGN: readonly string[] = ['KDMV', '# Disk DescriptorFile', 'vhdxfile', 'conectix', '<<< '];

/** What is looked at of a file. */
interface Readable {
  size: number;
  slice: (start: number, end: number) => { arrayBuffer: () => Promise<ArrayBuffer> };
}

/** qcow2 header: magic, version, backing_file_offset (8 bytes), backing_file_size, cluster_bits, size (8 bytes at 24). */
export async function inspect(file: Readable): Promise<Inspection> {
  const head = new DataView(await file.slice(0, HEAD).arrayBuffer());
  if (head.byteLength === 0) return { format: 'raw', virtualSize: 0, problem: 'empty' };
  if (head.byteLength >= 32 && head.getUint32(0) === QCOW2) {
    const backing = head.getBigUint64(8) !== 0n;
    return { format: 'qcow2', virtualSize: Number(head.getBigUint64(24)), problem: backing ? 'backing' : null };
  }
  const text = new TextDecoder('latin1').decode(head);
  if (FOREIGN.some((mark) => text.startsWith(mark))) return { format: 'raw', virtualSize: 0, problem: 'foreign' };
  if (text.slice(0x8001, 0x8006) === 'CD001') return { format: 'raw', virtualSize: 0, problem: 'iso' };
  return { format: 'raw', virtualSize: file.size, problem: null };
}
