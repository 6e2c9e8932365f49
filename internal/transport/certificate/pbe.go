package certificate

import (
	"bytes"
	"crypto/cipher"
	"crypto/des"
	"crypto/sha1"
	"encoding/asn1"
	"errors"
	"fmt"
	"unicode/utf16"
)

// An unsupportedEncryption names the encryption of a key that is not read here, in OpenSSL's
// words.
type unsupportedEncryption struct{ name string }

// Error says which encryption it is.
func (e unsupportedEncryption) Error() string {
	return "the key is encrypted with " + e.name + ", which is not supported"
}

// encryptionName returns what OpenSSL calls an encryption of PKCS#8, and the identifier where
// it has no name here. The names are for messages and for the hints on how to convert the
// key.
func encryptionName(oid string) string {
	name, ok := map[string]string{
		"1.2.840.113549.1.12.1.1": "PBE-SHA1-RC4-128", "1.2.840.113549.1.12.1.2": "PBE-SHA1-RC4-40",
		"1.2.840.113549.1.12.1.3": "PBE-SHA1-3DES", "1.2.840.113549.1.12.1.4": "PBE-SHA1-2DES",
		"1.2.840.113549.1.12.1.5": "PBE-SHA1-RC2-128", "1.2.840.113549.1.12.1.6": "PBE-SHA1-RC2-40",
		"1.2.840.113549.1.5.1": "PBE-MD2-DES", "1.2.840.113549.1.5.3": "PBE-MD5-DES", "1.2.840.113549.1.5.10": "PBE-SHA1-DES",
		"1.2.840.113549.1.5.4": "PBE-MD2-RC2-64", "1.2.840.113549.1.5.6": "PBE-MD5-RC2-64", "1.2.840.113549.1.5.11": "PBE-SHA1-RC2-64",
		"1.2.840.113549.3.7": "DES-EDE3-CBC", "1.2.840.113549.2.5": "MD5", "2.16.840.1.101.3.4.2.2": "SHA-384", "1.2.840.113549.3.2": "RC2-CBC", "1.3.14.3.2.7": "DES-CBC", "1.3.6.1.4.1.3029.1.2": "BF-CBC", "1.2.840.113533.7.66.10": "CAST5-CBC",
		"1.2.410.200004.1.4": "SEED-CBC", "1.2.156.10197.1.104.2": "SM4-CBC",
		"1.2.410.200046.1.1.2": "ARIA-128-CBC", "1.2.410.200046.1.1.7": "ARIA-192-CBC", "1.2.410.200046.1.1.12": "ARIA-256-CBC",
		"1.2.392.200011.61.1.1.1.2": "CAMELLIA-128-CBC", "1.2.392.200011.61.1.1.1.3": "CAMELLIA-192-CBC", "1.2.392.200011.61.1.1.1.4": "CAMELLIA-256-CBC",
		"2.16.840.1.101.3.4.1.3": "AES-128-OFB", "2.16.840.1.101.3.4.1.4": "AES-128-CFB",
		"2.16.840.1.101.3.4.1.23": "AES-192-OFB", "2.16.840.1.101.3.4.1.24": "AES-192-CFB",
		"2.16.840.1.101.3.4.1.43": "AES-256-OFB", "2.16.840.1.101.3.4.1.44": "AES-256-CFB",
	}[oid]
	if !ok {
		return "encryption " + oid
	}
	return name
}

// pbeParams is PKCS12PbeParams of RFC 7292, appendix C.
type pbeParams struct {
	Salt       []byte
	Iterations int
}

// pbe12 returns the cipher and IV of the encryptions that PKCS#12 brought and OpenSSL 3 still
// reads: triple DES with three keys or two. params is DER.
func pbe12(oid string, params []byte, passphrase string) (cipher.Block, []byte, error) {
	var p pbeParams
	if _, err := asn1.Unmarshal(params, &p); err != nil {
		return nil, nil, fmt.Errorf("reading the encryption's parameters: %w", err)
	}
	if err := checkIterations(p.Iterations); err != nil {
		return nil, nil, err
	}
	if len(p.Salt) == 0 {
		return nil, nil, errors.New("the encryption has no salt")
	}
	key := pkcs12KDF(1, 24, passphrase, p.Salt, p.Iterations)
	// With two keys, the third is the first.
	if encryptionName(oid) == "PBE-SHA1-2DES" {
		copy(key[16:], key[:8])
	}
	block, err := des.NewTripleDESCipher(key)
	return block, pkcs12KDF(2, block.BlockSize(), passphrase, p.Salt, p.Iterations), err
}

// pkcs12KDF derives bytes from a passphrase with SHA-1 as RFC 7292, appendix B.2, has it. The
// purpose is 1 for a key, 2 for an IV. size is in bytes.
func pkcs12KDF(purpose byte, size int, passphrase string, salt []byte, iterations int) []byte {
	const block = sha1.BlockSize
	// BMPString, big-endian.
	var password []byte // in UTF-16 with a zero at its end
	for _, unit := range append(utf16.Encode([]rune(passphrase)), 0) {
		password = append(password, byte(unit>>8), byte(unit))
	}
	// Salt and password are repeated up to a whole number of blocks.
	fill := func(text []byte) []byte {
		rounds := (len(text) + block - 1) / block * block
		return bytes.Repeat(text, rounds/max(len(text), 1)+1)[:rounds]
	}
	diversifier := bytes.Repeat([]byte{purpose}, block)
	state := append(fill(salt), fill(password)...)
	var out []byte
	for len(out) < size {
		sum := sha1.Sum(append(bytes.Clone(diversifier), state...))
		for range iterations - 1 {
			sum = sha1.Sum(sum[:])
		}
		out = append(out, sum[:]...)
		addToBlocks(state, bytes.Repeat(sum[:], block/len(sum)+1)[:block])
	}
	return out[:size]
}

// addToBlocks adds number + 1 to each block of state, as numbers whose overflow is dropped
// (RFC 7292 B.2, step 6C).
func addToBlocks(state, number []byte) {
	for at := 0; at < len(state); at += len(number) {
		carry := 1
		for i := len(number) - 1; i >= 0; i-- {
			carry += int(state[at+i]) + int(number[i])
			state[at+i] = byte(carry)
			carry >>= 8
		}
	}
}
