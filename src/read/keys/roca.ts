/** Primes of the public ROCA detector (CVE-2017-15361, Nemec et al., "The Return of Coppersmith's Attack", §4.4). */
const primes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/**
 * Whether an RSA modulus has the structure of keys made by the flawed Infineon library: modulo each prime it lies in
 * the subgroup that 65537 generates. A sound modulus does so with a chance below one in a hundred million.
 */
export function hasRocaFingerprint(modulus: bigint): boolean {
  return primes.every((prime) => powersOf65537(prime).has(Number(modulus % BigInt(prime))));
}

function powersOf65537(prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return powers;
}

/** A prime below 168 that divides the modulus: such a key is broken. */
export function smallFactor(modulus: bigint): number | undefined {
  return [2, ...primes].find((prime) => modulus % BigInt(prime) === 0n);
}
