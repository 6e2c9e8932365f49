package auth

import (
	"crypto/des"
	"crypto/hmac"
	"crypto/md5"
	"encoding/binary"
	"math/bits"
	"strings"
	"time"
	"unicode/utf16"
)

// The functions of [MS-NLMP] 3.3 that prove knowledge of a password.

// utf16le encodes as Windows does.
func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func hmacMD5(key []byte, parts ...[]byte) []byte {
	h := hmac.New(md5.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// ntKey is NTOWFv1: what Windows stores of a password.
func ntKey(password string) []byte {
	return md4Sum(utf16le(password))
}

// ntKeyV2 is NTOWFv2. The case of the domain counts, that of the user does not.
func ntKeyV2(user, domain, password string) []byte {
	return hmacMD5(ntKey(password), utf16le(strings.ToUpper(user)+domain))
}

// responses are the two proofs of an authenticate message.
type responses struct{ lm, nt []byte }

// respondV2 answers with NTLMv2. Where the server told its time that is used and the LM proof is left out
// ([MS-NLMP] 3.1.5.1.2); else the time is now.
func respondV2(key, server, client, info []byte, now time.Time) responses {
	stamp, told := serverTime(info)
	if !told {
		stamp = fileTime(now)
	}
	blob := append([]byte{1, 1, 0, 0, 0, 0, 0, 0}, stamp...)
	blob = append(blob, client...)
	blob = append(blob, 0, 0, 0, 0)
	blob = append(blob, info...)
	blob = append(blob, 0, 0, 0, 0)
	r := responses{lm: make([]byte, 24), nt: append(hmacMD5(key, server, blob), blob...)}
	if !told {
		r.lm = append(hmacMD5(key, server, client), client...)
	}
	return r
}

// fileTime counts tenths of microseconds since 1601.
func fileTime(t time.Time) []byte {
	const epoch = 11644473600
	return binary.LittleEndian.AppendUint64(nil, uint64((t.Unix()+epoch)*1e7+int64(t.Nanosecond()/100)))
}

// serverTime finds the timestamp (id 7) in a list of AV_PAIRs.
func serverTime(info []byte) ([]byte, bool) {
	for len(info) >= 4 {
		id, n := binary.LittleEndian.Uint16(info), int(binary.LittleEndian.Uint16(info[2:]))
		info = info[4:]
		if id == 0 || n > len(info) {
			break
		}
		if id == 7 && n == 8 {
			return info[:8], true
		}
		info = info[n:]
	}
	return nil, false
}

// respondV1 answers servers from before extended session security, with both old proofs
// (newman: as httpntlm does).
func respondV1(password string, server []byte) responses {
	return responses{lm: desResponse(lmKey(password), server), nt: desResponse(ntKey(password), server)}
}

// respondSession answers servers that know extended session security but send no target information.
func respondSession(password string, server, client []byte) responses {
	sum := md5.Sum(append(append([]byte{}, server...), client...))
	return responses{lm: append(append([]byte{}, client...), make([]byte, 16)...), nt: desResponse(ntKey(password), sum[:8])}
}

// lmKey is LMOWFv1.
func lmKey(password string) []byte {
	var padded [14]byte
	copy(padded[:], oem(strings.ToUpper(password)))
	magic := []byte("KGS!@#$%")
	return append(desEncrypt(padded[:7], magic), desEncrypt(padded[7:], magic)...)
}

// desResponse encrypts the challenge three times, with a third of the padded key each.
func desResponse(key, challenge []byte) []byte {
	var padded [21]byte
	copy(padded[:], key)
	var out []byte
	for i := 0; i < 21; i += 7 {
		out = append(out, desEncrypt(padded[i:i+7], challenge)...)
	}
	return out
}

// desEncrypt spreads 56 bits of key over 8 bytes, whose last bits DES does not use, and encrypts one block.
func desEncrypt(key7, block []byte) []byte {
	var k [8]byte
	copy(k[1:], key7)
	v := binary.BigEndian.Uint64(k[:])
	for i := range 8 {
		seven := byte(v >> (49 - 7*i) & 0x7f)
		k[i] = seven<<1 | byte(1-bits.OnesCount8(seven)&1)
	}
	c, err := des.NewCipher(k[:])
	if err != nil {
		panic(err) // the key has eight bytes
	}
	out := make([]byte, 8)
	c.Encrypt(out, block[:8])
	return out
}

// oem encodes as Latin-1; what is beyond becomes a question mark.
func oem(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			r = '?'
		}
		b = append(b, byte(r))
	}
	return b
}
