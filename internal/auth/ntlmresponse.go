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

// utf16le encodes as Windows does: UTF-16, low byte first, without a byte order mark and
// without a final zero. Passwords, user names and domains enter the hashes in this form.
// utf16le encodes as Windows does.
func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// hmacMD5 is HMAC_MD5 of [MS-NLMP] 6: the parts are hashed as if they were one text. MD5 is
// what the protocol prescribes; nothing here claims that it is strong.
func hmacMD5(key []byte, parts ...[]byte) []byte {
	h := hmac.New(md5.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// ntKey is NTOWFv1: what Windows stores of a password, 16 bytes. Whoever has it can log in,
// so it is never logged.
func ntKey(password string) []byte {
	return md4Sum(utf16le(password))
}

// ntKeyV2 is NTOWFv2, also 16 bytes. The case of the domain counts, that of the user does
// not; a server that stores "Alice" therefore accepts "alice".
func ntKeyV2(user, domain, password string) []byte {
	return hmacMD5(ntKey(password), utf16le(strings.ToUpper(user)+domain))
}

// responses are the two proofs of an authenticate message: lm is always 24 bytes, nt is 24
// bytes for version 1 and longer for version 2, where it carries the data that was hashed.
type responses struct{ lm, nt []byte }

// respondV2 answers with NTLMv2 ([MS-NLMP] 3.3.2). key is from ntKeyV2, server and client are
// the challenges of 8 bytes, info is the server's target information as received. Where the
// server told its time that is used and the LM proof is left out ([MS-NLMP] 3.1.5.1.2); else
// the time is now. A clock that differs by more than 30 minutes makes Windows refuse.
func respondV2(key, server, client, info []byte, now time.Time) responses {
	stamp, told := serverTime(info)
	if !told {
		stamp = fileTime(now)
	}
	// The "temp" of [MS-NLMP] 3.3.2: two version bytes, six reserved ones, the time, the
	// client's challenge, four zeros, the target information, four zeros.
	blob := append([]byte{1, 1, 0, 0, 0, 0, 0, 0}, stamp...)
	blob = append(blob, client...)
	blob = append(blob, 0, 0, 0, 0)
	blob = append(blob, info...)
	blob = append(blob, 0, 0, 0, 0)
	r := responses{lm: make([]byte, 24), nt: append(hmacMD5(key, server, blob), blob...)}
	if !told {
		// LMv2. Its place is filled with zeros above where it must not be sent.
		r.lm = append(hmacMD5(key, server, client), client...)
	}
	return r
}

// fileTime counts tenths of microseconds since 1601 (a Windows FILETIME), 8 bytes with the
// low one first.
func fileTime(t time.Time) []byte {
	const epoch = 11644473600 // seconds from 1601-01-01 to 1970-01-01
	return binary.LittleEndian.AppendUint64(nil, uint64((t.Unix()+epoch)*1e7+int64(t.Nanosecond()/100)))
}

// serverTime finds the timestamp (id 7, MsvAvTimestamp) in a list of AV_PAIRs: two bytes of
// id, two of length, the value; id 0 ends the list ([MS-NLMP] 2.2.2.1). A list that is cut
// short counts as one without a time.
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
// (newman: as httpntlm does). Both can be broken in hours, which is the server's choice to
// accept.
func respondV1(password string, server []byte) responses {
	return responses{lm: desResponse(lmKey(password), server), nt: desResponse(ntKey(password), server)}
}

// respondSession answers servers that know extended session security but send no target
// information ([MS-NLMP] 3.3.1, NTLM2 session response). The LM field carries the client's
// challenge, which the server needs to check the other.
func respondSession(password string, server, client []byte) responses {
	sum := md5.Sum(append(append([]byte{}, server...), client...))
	return responses{lm: append(append([]byte{}, client...), make([]byte, 16)...), nt: desResponse(ntKey(password), sum[:8])}
}

// lmKey is LMOWFv1: the password in upper case, cut at 14 characters, whose two halves
// encrypt a fixed text.
func lmKey(password string) []byte {
	var padded [14]byte
	copy(padded[:], oem(strings.ToUpper(password)))
	magic := []byte("KGS!@#$%") // [MS-NLMP] 3.3.1
	return append(desEncrypt(padded[:7], magic), desEncrypt(padded[7:], magic)...)
}

// desResponse encrypts the challenge three times, with a third of the padded key each: DESL
// of [MS-NLMP] 6. The key of 16 bytes is padded with zeros to 21, three times 7.
func desResponse(key, challenge []byte) []byte {
	var padded [21]byte
	copy(padded[:], key)
	var out []byte
	for i := 0; i < 21; i += 7 {
		out = append(out, desEncrypt(padded[i:i+7], challenge)...)
	}
	return out
}

// desEncrypt spreads 56 bits of key over 8 bytes, whose last bits DES does not use, and
// encrypts one block. The last bits are set for odd parity, as some servers' libraries check.
func desEncrypt(key7, block []byte) []byte {
	var k [8]byte
	copy(k[1:], key7)
	v := binary.BigEndian.Uint64(k[:])
	// Seven bits at a time, from the highest; the eighth bit makes the number of ones odd.
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

// oem encodes as Latin-1; what is beyond becomes a question mark. The protocol means the code
// page of the client's Windows, which does not exist here (newman: httpntlm writes ASCII).
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
