package transport

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"hash"
	"unicode/utf16"
)

// This file undoes password-based encryption as keys in PKCS#8 (RFC 5958) and PKCS#12 (RFC 7292) have it:
// PBES2 with PBKDF2 and AES or triple DES, and PKCS#12's own scheme with SHA-1 and triple DES. RC2, which
// OpenSSL 3 does not read either, is an error.

// errPassphrase says that data did not become what it must be.
var errPassphrase = errors.New("wrong passphrase")

type encryptedKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

type pbes2Params struct {
	KDF, Cipher pkix.AlgorithmIdentifier
}

type pbkdf2Params struct {
	Salt       []byte
	Iterations int
	KeyLength  int                      `asn1:"optional"`
	PRF        pkix.AlgorithmIdentifier `asn1:"optional"`
}

type pbeParams struct {
	Salt       []byte
	Iterations int
}

// maxIterations bounds what a hostile file can make us compute.
const maxIterations = 2_000_000

// decryptPKCS8 returns the PKCS#8 key inside an EncryptedPrivateKeyInfo.
func decryptPKCS8(der, passphrase []byte) ([]byte, error) {
	var key encryptedKey
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return nil, fmt.Errorf("reading encrypted key: %w", err)
	}
	return decryptPBE(key.Algorithm, key.Data, string(passphrase))
}

// decryptPBE undoes one password-based encryption.
func decryptPBE(algorithm pkix.AlgorithmIdentifier, data []byte, passphrase string) ([]byte, error) {
	var block cipher.Block
	var iv []byte
	var err error
	switch oid := algorithm.Algorithm.String(); oid {
	case "1.2.840.113549.1.5.13":
		block, iv, err = pbes2(algorithm.Parameters.FullBytes, passphrase)
	case "1.2.840.113549.1.12.1.3":
		var p pbeParams
		if _, err = asn1.Unmarshal(algorithm.Parameters.FullBytes, &p); err == nil {
			if err = checkIterations(p.Iterations); err == nil {
				block, err = des.NewTripleDESCipher(deriveKey(sha1.New, 1, passphrase, p.Salt, p.Iterations, 24))
				iv = deriveKey(sha1.New, 2, passphrase, p.Salt, p.Iterations, 8)
			}
		}
	default:
		err = fmt.Errorf("encryption %s is not supported", oid)
	}
	if err != nil {
		return nil, err
	}
	size := block.BlockSize()
	if len(data) == 0 || len(data)%size != 0 || len(iv) != size {
		return nil, errors.New("encrypted data has a wrong length")
	}
	plain := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, data)
	pad := int(plain[len(plain)-1])
	if pad == 0 || pad > size {
		return nil, errPassphrase
	}
	for _, b := range plain[len(plain)-pad:] {
		if int(b) != pad {
			return nil, errPassphrase
		}
	}
	return plain[:len(plain)-pad], nil
}

func checkIterations(n int) error {
	if n < 1 || n > maxIterations {
		return fmt.Errorf("%d iterations are out of range", n)
	}
	return nil
}

func pbes2(params []byte, passphrase string) (cipher.Block, []byte, error) {
	var p pbes2Params
	if _, err := asn1.Unmarshal(params, &p); err != nil {
		return nil, nil, fmt.Errorf("reading PBES2: %w", err)
	}
	if oid := p.KDF.Algorithm.String(); oid != "1.2.840.113549.1.5.12" {
		return nil, nil, fmt.Errorf("key derivation %s is not supported", oid)
	}
	var kdf pbkdf2Params
	if _, err := asn1.Unmarshal(p.KDF.Parameters.FullBytes, &kdf); err != nil {
		return nil, nil, fmt.Errorf("reading PBKDF2: %w", err)
	}
	if err := checkIterations(kdf.Iterations); err != nil {
		return nil, nil, err
	}
	var iv []byte
	if _, err := asn1.Unmarshal(p.Cipher.Parameters.FullBytes, &iv); err != nil {
		return nil, nil, fmt.Errorf("reading the cipher's IV: %w", err)
	}
	newHash, err := prfOf(kdf.PRF.Algorithm.String())
	if err != nil {
		return nil, nil, err
	}
	length, newCipher := 24, des.NewTripleDESCipher
	switch oid := p.Cipher.Algorithm.String(); oid {
	case "1.2.840.113549.3.7":
	case "2.16.840.1.101.3.4.1.2":
		length, newCipher = 16, aes.NewCipher
	case "2.16.840.1.101.3.4.1.22":
		newCipher = aes.NewCipher
	case "2.16.840.1.101.3.4.1.42":
		length, newCipher = 32, aes.NewCipher
	default:
		return nil, nil, fmt.Errorf("cipher %s is not supported", oid)
	}
	key, err := pbkdf2.Key(newHash, passphrase, kdf.Salt, kdf.Iterations, length)
	if err != nil {
		return nil, nil, err
	}
	block, err := newCipher(key)
	return block, iv, err
}

// prfOf names the hash of PBKDF2's HMAC.
func prfOf(oid string) (func() hash.Hash, error) {
	switch oid {
	case "", "1.2.840.113549.2.7":
		return sha1.New, nil
	case "1.2.840.113549.2.9":
		return sha256.New, nil
	case "1.2.840.113549.2.10":
		return sha512.New384, nil
	case "1.2.840.113549.2.11":
		return sha512.New, nil
	}
	return nil, fmt.Errorf("pseudo-random function %s is not supported", oid)
}

// deriveKey is PKCS#12's key derivation (RFC 7292, appendix B.2). id 1 is a key, 2 an IV, 3 a MAC's key.
func deriveKey(newHash func() hash.Hash, id byte, passphrase string, salt []byte, iterations, size int) []byte {
	h := newHash()
	v, u := h.BlockSize(), h.Size()
	d := make([]byte, v)
	for i := range d {
		d[i] = id
	}
	i := append(stretch(salt, v), stretch(bmpString(passphrase), v)...)
	var key []byte
	for len(key) < size {
		h.Reset()
		h.Write(d)
		h.Write(i)
		a := h.Sum(nil)
		for range iterations - 1 {
			h.Reset()
			h.Write(a)
			a = h.Sum(a[:0])
		}
		key = append(key, a...)
		for start := 0; start < len(i); start += v { // each block of I becomes I + A + 1
			carry := 1
			for k := v - 1; k >= 0; k-- {
				carry += int(i[start+k]) + int(a[k%u])
				i[start+k] = byte(carry)
				carry >>= 8
			}
		}
	}
	return key[:size]
}

// stretch repeats b to a multiple of v bytes.
func stretch(b []byte, v int) []byte {
	if len(b) == 0 {
		return nil
	}
	out := make([]byte, (len(b)+v-1)/v*v)
	for i := range out {
		out[i] = b[i%len(b)]
	}
	return out
}

// bmpString is UTF-16 with a final zero, as PKCS#12 hashes passwords.
func bmpString(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return append(b, 0, 0)
}

// macMatches checks a PKCS#12 file's MAC, which tells a wrong passphrase.
func macMatches(m macData, content []byte, passphrase string) error {
	var newHash func() hash.Hash
	switch oid := m.Mac.Algorithm.Algorithm.String(); oid {
	case "1.3.14.3.2.26":
		newHash = sha1.New
	case "2.16.840.1.101.3.4.2.1":
		newHash = sha256.New
	case "2.16.840.1.101.3.4.2.2":
		newHash = sha512.New384
	case "2.16.840.1.101.3.4.2.3":
		newHash = sha512.New
	default:
		return fmt.Errorf("MAC digest %s is not supported", oid)
	}
	if err := checkIterations(m.Iterations); err != nil {
		return err
	}
	mac := hmac.New(newHash, deriveKey(newHash, 3, passphrase, m.Salt, m.Iterations, newHash().Size()))
	mac.Write(content)
	if !hmac.Equal(mac.Sum(nil), m.Mac.Digest) {
		return errPassphrase
	}
	return nil
}
