package auth

import "encoding/binary"

// The messages of [MS-NLMP] 2.2.1, with the flags and the version that newman's httpntlm sends.

const (
	ntlmSignature = "NTLMSSP\x00"

	ntlmUnicode          = 0x00000001
	ntlmOEMDomain        = 0x00001000
	ntlmExtendedSecurity = 0x00080000
	ntlmTargetInfo       = 0x00800000

	// ntlmOffers are Unicode, OEM, request target, NTLM, OEM domain and workstation, always sign, extended session
	// security, version, 128 and 56 bit.
	ntlmOffers = 0xa208b207
	// ntlmAgrees is what an authenticate message says: the same without OEM and its names, with target information.
	ntlmAgrees = 0xa2888205
)

// ntlmVersion is Windows XP: 5.1, build 2600, NTLM revision 15.
func ntlmVersion() []byte { return []byte{5, 1, 0x28, 0x0a, 0, 0, 0, 15} }

// appendField appends a field's descriptor: a length, the same length again, and an offset
// from the beginning of the message.
func appendField(b []byte, n, offset int) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(n))
	b = binary.LittleEndian.AppendUint16(b, uint16(n))
	return binary.LittleEndian.AppendUint32(b, uint32(offset))
}

// negotiateMessage is type 1. Both names are in upper case. Without a domain the flag for it
// is not set.
func negotiateMessage(domain, workstation string) []byte {
	const head = 40 // bytes before the names
	flags := uint32(ntlmOffers)
	if domain == "" {
		flags &^= ntlmOEMDomain
	}
	d, w := oem(domain), oem(workstation)
	b := append([]byte(ntlmSignature), 1, 0, 0, 0)
	b = binary.LittleEndian.AppendUint32(b, flags)
	b = appendField(b, len(d), head+len(w))
	b = appendField(b, len(w), head)
	b = append(b, ntlmVersion()...)
	return append(append(b, w...), d...)
}

// A challengeMessage is what matters of type 2. Its slices share the message's memory.
type challengeMessage struct {
	flags  uint32
	server []byte // its challenge, 8 bytes
	info   []byte // AV_PAIRs, or nil
}

const errNTLMChallenge = refusal("ntlm: server did not correctly process authentication request")

// parseChallenge reads type 2. Lengths and offsets are the server's and checked.
func parseChallenge(b []byte) (*challengeMessage, error) {
	if len(b) < 32 || string(b[:8]) != ntlmSignature || binary.LittleEndian.Uint32(b[8:]) != 2 {
		return nil, errNTLMChallenge
	}
	m := &challengeMessage{flags: binary.LittleEndian.Uint32(b[20:]), server: b[24:32]}
	if m.flags&ntlmTargetInfo == 0 || len(b) < 48 {
		return m, nil
	}
	n, offset := uint64(binary.LittleEndian.Uint16(b[40:])), uint64(binary.LittleEndian.Uint32(b[44:]))
	if offset+n > uint64(len(b)) {
		return nil, errNTLMChallenge
	}
	m.info = b[offset : offset+n]
	return m, nil
}

// authenticateMessage is type 3. Domain and workstation are in upper case. Text is Unicode
// unless the server cannot read that.
func authenticateMessage(m *challengeMessage, domain, user, workstation string, r responses) []byte {
	const head = 72
	flags, encode := uint32(ntlmAgrees), utf16le
	if m.flags&ntlmUnicode == 0 {
		flags, encode = flags&^ntlmUnicode, oem
	}
	d, u, w := encode(domain), encode(user), encode(workstation)
	names := head + len(d) + len(u) + len(w)
	b := append([]byte(ntlmSignature), 3, 0, 0, 0)
	b = appendField(b, len(r.lm), names)
	b = appendField(b, len(r.nt), names+len(r.lm))
	b = appendField(b, len(d), head)
	b = appendField(b, len(u), head+len(d))
	b = appendField(b, len(w), head+len(d)+len(u))
	b = appendField(b, 0, names+len(r.lm)+len(r.nt)) // no session key
	b = binary.LittleEndian.AppendUint32(b, flags)
	b = append(b, ntlmVersion()...)
	for _, part := range [][]byte{d, u, w, r.lm, r.nt} {
		b = append(b, part...)
	}
	return b
}
