package gs1syntax

// CheckDigit returns the GS1 check digit of the digits of payload (GS1 General Specifications,
// 7.9.1: weights 3 and 1 from the right).
func CheckDigit(payload string) byte {
	sum := 0
	i := len(payload)
	for ; i >= 2; i -= 2 {
		sum += 3*int(payload[i-1]-'0') + int(payload[i-2]-'0')
	}
	if i == 1 {
		sum += 3 * int(payload[0]-'0')
	}
	return '0' + byte((10000-sum)%10)
}

func checkDigit(v string) flaw {
	last := len(v) - 1
	if right := CheckDigit(v[:last]); right != v[last] {
		return flaw{BadCheck, last, 1, "check digit " + string(right)}
	}
	return flaw{}
}

// set32 are the check characters, set82 the characters that they check, each in the order of their
// values.
const (
	set32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	set82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)

// weights are the primes that weigh the characters from the right: as many as the reference engine
// has, though no AI needs more than 23.
var weights = [...]uint16{
	2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
	101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193,
	197, 199, 211, 223, 227, 229, 233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307,
	311, 313, 317, 331, 337, 347, 349, 353, 359, 367, 373, 379, 383, 389, 397, 401, 409, 419, 421,
	431, 433, 439, 443, 449, 457, 461, 463, 467, 479, 487, 491, 499, 503, 509,
}

// CheckPair returns the GS1 check character pair of payload, of at most 97 characters of set 82
// (GS1 General Specifications, 7.9.5).
func CheckPair(payload string) (pair string, ok bool) {
	if len(payload) > len(weights) {
		return "", false
	}
	sum := 0
	for i := range len(payload) {
		value := position82(payload[i])
		if value < 0 {
			return "", false
		}
		sum += value * int(weights[len(payload)-1-i])
	}
	sum %= 1021
	return string([]byte{set32[sum>>5], set32[sum&31]}), true
}

func position82(c byte) int {
	for i := range len(set82) {
		if set82[i] == c {
			return i
		}
	}
	return -1
}

func checkPair(v string) flaw {
	if len(v) < 2 {
		return flaw{BadLength, 0, len(v), "at least the two check characters"}
	}
	n := len(v) - 2
	if pair, ok := CheckPair(v[:n]); !ok || pair != v[n:] {
		return flaw{BadCheck, n, 2, "check characters " + pair}
	}
	return flaw{}
}
