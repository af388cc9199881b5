"""Makes vectors.txt with Python's hmac and OpenSSL's Ed25519, after trying both on the vectors of their RFCs: python3 vectors.py >vectors.txt

A line: key (hexadecimal), product and serial (as Python writes them, without quotes), whole tag of 26 characters, public key and signature
(base64url), with tabs between.
"""
import base64
import hashlib
import hmac
import random
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def derive(secret, purpose):
    """HKDF-SHA-256 (RFC 5869) without salt, 32 bytes."""
    return mac(mac(bytes(32), secret), b'nameplate ' + purpose + b'\x01')


def sign(seed, message):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), key.sign(message)


def uvarint(n):
    out = bytearray()
    while n >= 128:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out) + bytes([n])


def framed(product, serial):
    return uvarint(len(product)) + product + serial


def crockford(data, chars):
    bits = ''.join('{:08b}'.format(b) for b in data)
    return ''.join(CROCKFORD[int(bits[i:i + 5], 2)] for i in range(0, 5 * chars, 5))


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


# RFC 4231, case 2; RFC 5869, case 3 (no salt, no info), its first 32 bytes; RFC 8032, 7.1, test 2.
assert mac(b'Jefe', b'what do ya want for nothing?').hex() == '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
assert mac(mac(bytes(32), b'\x0b' * 22), b'\x01').hex() == '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d'
public, signature = sign(bytes.fromhex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'), b'\x72')
assert public.hex() == '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'
assert signature.hex().startswith('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da')

r = random.Random(4231)
for i in range(40):
    key = r.randbytes([16, 24, 32][i % 3])
    text = lambda n: ''.join(r.choice('0123456789ABCDEFGHJKMNPQRSTVWXYZ-._/') for _ in range(n)).encode()
    product, serial = text(r.choice([0, 1, 14, 14, 14, 127, 128, 300])), text(r.choice([0, 1, 9, 20, 200]))
    tag = crockford(mac(derive(key, b'seal hmac-sha256'), framed(product, serial)), 26)
    public, signature = sign(derive(key, b'seal ed25519'), b'nameplate seal 1\x00' + framed(product, serial))
    print(key.hex(), product.decode(), serial.decode(), tag, b64(public), b64(signature), sep='\t')
