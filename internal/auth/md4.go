package auth

import "golang.org/x/crypto/md4" //nolint:staticcheck // NTLM's keys are made with it and with nothing else

// md4Sum is RFC 1320, which NTLM is built on. It protects nothing by itself.
func md4Sum(data []byte) []byte {
	h := md4.New()
	h.Write(data)
	return h.Sum(nil)
}
