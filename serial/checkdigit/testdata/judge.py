"""Computes check characters for TestJudge, with python-stdnum where it has the system and from the definition where it hasn't.

A line in: system, alphabet ("" where the system has its own), payload, with tabs between. A line out: the check, or nothing if no such
number is issued.
"""
import sys
from stdnum import casrn, damm, ean, iban, imo, isbn, iso6346, issn, luhn, meid, verhoeff
from stdnum.eu import eic
from stdnum.iso7064 import mod_11_10, mod_11_2, mod_37_2, mod_37_36, mod_97_10

DIGITS = '0123456789'
LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ALNUM = DIGITS + LETTERS
SET82 = '!"%&\'()*+,-./' + DIGITS + ':;<=>?' + LETTERS + '_' + LETTERS.lower()


def number(payload, alphabet, radix):
    """The payload as one number: no remainder is taken on the way, unlike in what is judged."""
    n = 0
    for c in payload:
        n = n * radix + alphabet.index(c)
    return n


def pure_pair(modulus, radix, alphabet):
    def check(payload):
        shifted = number(payload, alphabet, radix) * radix ** 2
        value = next(v for v in range(2, modulus + 2) if (shifted + v) % modulus == 1)
        return alphabet[value // radix] + alphabet[value % radix]
    return check


def primes(count):
    found = []
    n = 2
    while len(found) < count:
        if all(n % p for p in found):
            found.append(n)
        n += 1
    return found


def gs1_pair(payload):
    value = sum(SET82.index(c) * p for c, p in zip(reversed(payload), primes(len(payload)))) % 1021
    pair = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
    return pair[value >> 5] + pair[value & 31]


def vin(payload):
    values = dict(zip('ABCDEFGHJKLMNPRSTUVWXYZ', [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
    full = payload[:8] + '0' + payload[8:]
    weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    return 'X' if (r := sum(w * values.get(c, ord(c) - 48) for w, c in zip(weights, full)) % 11) == 10 else str(r)


def s10(payload):
    r = 11 - sum(w * int(c) for w, c in zip([8, 6, 4, 2, 3, 5, 9, 7], payload)) % 11
    return {10: '0', 11: '5'}.get(r, str(r))


def pzn(payload):
    r = sum((i + 1) * int(c) for i, c in enumerate(payload)) % 11
    return '' if r == 10 else str(r)


def parcel(payload):
    return str(-sum(int(c) * (4 if i % 2 == 0 else 9) for i, c in enumerate(payload)) % 10)


PRODUCT = {  # digits under the weighting factors
    '2-': [0, 2, 4, 6, 8, 9, 1, 3, 5, 7], '3': [0, 3, 6, 9, 2, 5, 8, 1, 4, 7],
    '5+': [0, 5, 1, 6, 2, 7, 3, 8, 4, 9], '5-': [0, 5, 9, 4, 8, 3, 7, 2, 6, 1],
}


def price4(payload):
    return str(3 * sum(PRODUCT[f][int(c)] for f, c in zip(['2-', '2-', '3', '5-'], payload)) % 10)


def price5(payload):
    total = sum(PRODUCT[f][int(c)] for f, c in zip(['5+', '2-', '5-', '5+', '2-'], payload))
    return str(PRODUCT['5-'].index(-total % 10))


def energy(payload):
    check = eic.calc_check_digit(payload)
    return '' if check == '-' else check


OWN = {
    'luhn': luhn.calc_check_digit,
    'luhn-hex': lambda p: luhn.calc_check_digit(p, '0123456789ABCDEF'),
    'verhoeff': verhoeff.calc_check_digit,
    'damm': damm.calc_check_digit,
    'mod11-2': mod_11_2.calc_check_digit,
    'mod37-2': mod_37_2.calc_check_digit,
    'mod97-10': mod_97_10.calc_check_digits,
    'mod661-26': pure_pair(661, 26, LETTERS),
    'mod1271-36': pure_pair(1271, 36, ALNUM),
    'mod11-10': mod_11_10.calc_check_digit,
    'mod27-26': lambda p: mod_37_36.calc_check_digit(p, LETTERS),
    'mod37-36': mod_37_36.calc_check_digit,
    'gs1-mod10': ean.calc_check_digit,
    'gs1-pair': gs1_pair,
    'mod43': lambda p: (ALNUM + '-. $/+%')[number(p, ALNUM + '-. $/+%', 1) % 43],
    'iban': lambda p: iban.calc_check_digits(p[:2] + '00' + p[2:]),
    'ppn': lambda p: '%02d' % (sum((i + 2) * ord(c) for i, c in enumerate(p)) % 97),
    'vin': vin,
    'iso6346': iso6346.calc_check_digit,
    'imo': imo.calc_check_digit,
    'meid': meid.calc_check_digit,
    'pzn': pzn,
    'isbn10': isbn._calc_isbn10_check_digit,
    'issn': issn.calc_check_digit,
    'cas': casrn.calc_check_digit,
    'eic': energy,
    's10': s10,
    'air-waybill': lambda p: str(int(p) % 7),
    'identcode': parcel,
    'leitcode': parcel,
    'gs1-price4': price4,
    'gs1-price5': price5,
}
CUSTOM = {
    'NewLuhn': luhn.calc_check_digit,
    'NewHybrid': mod_37_36.calc_check_digit,
    'NewPure': mod_37_2.calc_check_digit,
}

for line in sys.stdin:
    system, alphabet, payload = line.rstrip('\n').split('\t')
    if alphabet:
        print(CUSTOM[system](payload, alphabet))
    else:
        print(OWN[system](payload))
