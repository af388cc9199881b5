"""FF1 as NIST SP 800-38G revision 1 writes it (algorithms 6 and 7), on Python's integers: python3 vectors.py SEED COUNT >wide.txt

With the argument "check" it compares the vectors on standard input instead.
"""
import random
import sys
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def ff1(key, tweak, radix, x):
    def aes(block):
        e = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return e.update(block) + e.finalize()

    def num(numerals):
        n = 0
        for v in numerals:
            n = n * radix + v
        return n

    def numerals(n, length):
        out = []
        for _ in range(length):
            n, v = divmod(n, radix)
            out.append(v)
        return out[::-1]

    n, t = len(x), len(tweak)
    u = n // 2
    v = n - u
    a, b = x[:u], x[u:]
    size = ((radix ** v - 1).bit_length() + 7) // 8
    d = 4 * ((size + 3) // 4) + 4
    p = bytes([1, 2, 1]) + radix.to_bytes(3, 'big') + bytes([10, u % 256]) + n.to_bytes(4, 'big') + t.to_bytes(4, 'big')
    for i in range(10):
        q = tweak + bytes((-t - size - 1) % 16) + bytes([i]) + num(b).to_bytes(size, 'big')
        r = bytes(16)
        for j in range(0, len(p + q), 16):
            r = aes(bytes(c ^ e for c, e in zip(r, (p + q)[j:j + 16])))
        s, j = r, 1
        while len(s) < d:
            s += aes(bytes(c ^ e for c, e in zip(r, j.to_bytes(16, 'big'))))
            j += 1
        y = int.from_bytes(s[:d], 'big')
        m = u if i % 2 == 0 else v
        a, b = b, numerals((num(a) + y) % radix ** m, m)
    return a + b


if sys.argv[1] == 'check':
    wrong = count = 0
    for line in sys.stdin:
        radix, key, tweak, plain, cipher = line.split()
        width = 2 if int(radix) > 256 else 1
        read = lambda h: [int(h[i:i + 2 * width], 16) for i in range(0, len(h), 2 * width)]
        count += 1
        wrong += ff1(bytes.fromhex(key), bytes.fromhex(tweak.strip('-')), int(radix), read(plain)) != read(cipher)
    print(count, 'vectors,', wrong, 'wrong')
else:
    r = random.Random(int(sys.argv[1]))
    for i in range(int(sys.argv[2])):
        key, tweak = r.randbytes(16 + 8 * (i % 3)), r.randbytes(r.choice([0, 0, r.randrange(200)]))
        plain = [r.randrange(65536) for _ in range(r.choice([2, 3, 4, 5, r.randrange(2, 40), r.randrange(40, 130)]))]
        cipher = ff1(key, tweak, 65536, plain)
        text = lambda x: ''.join('%04x' % v for v in x)
        print(65536, key.hex(), tweak.hex() or '-', text(plain), text(cipher))
