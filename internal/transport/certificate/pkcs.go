package certificate

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"hash"

	"golang.org/x/crypto/scrypt"
)

// This file undoes the encryption of keys in PKCS#8 (RFC 5958): PBES2 with PBKDF2 or scrypt and AES or triple DES, and the older
// encryptions of PKCS#12 (pbe.go). The library that reads PKCS#12 keeps its own for itself, and the standard library has none.

// errPassphrase says that data did not become what it must be after decryption. Nothing else
// shows that a passphrase is wrong.
var errPassphrase = errors.New("wrong passphrase")

// encryptedKey is EncryptedPrivateKeyInfo (RFC 5958 3).
type encryptedKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

// pbes2Params is PBES2-params (RFC 8018 A.4).
type pbes2Params struct {
	KDF, Cipher pkix.AlgorithmIdentifier
}

// pbkdf2Params is PBKDF2-params (RFC 8018 A.2), with the salt in the message itself.
type pbkdf2Params struct {
	Salt       []byte
	Iterations int
	KeyLength  int                      `asn1:"optional"`
	PRF        pkix.AlgorithmIdentifier `asn1:"optional"`
}

// maxIterations bounds what a hostile file can make us compute, in rounds of the hash. Current
// tools write up to a million.
const maxIterations = 10_000_000

// decryptPKCS8 returns the PKCS#8 key, DER, inside an EncryptedPrivateKeyInfo.
func decryptPKCS8(der, passphrase []byte) ([]byte, error) {
	var key encryptedKey
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return nil, fmt.Errorf("reading encrypted key: %w", err)
	}
	var block cipher.Block
	var iv []byte
	var err error
	switch oid := key.Algorithm.Algorithm.String(); encryptionName(oid) {
	// PBES2.
	case "encryption 1.2.840.113549.1.5.13":
		block, iv, err = pbes2(key.Algorithm.Parameters.FullBytes, string(passphrase))
	case "PBE-SHA1-3DES", "PBE-SHA1-2DES":
		block, iv, err = pbe12(oid, key.Algorithm.Parameters.FullBytes, string(passphrase))
	default:
		return nil, unsupportedEncryption{encryptionName(oid)}
	}
	if err != nil {
		return nil, err
	}
	size := block.BlockSize()
	if len(iv) != size || len(key.Data) == 0 || len(key.Data)%size != 0 {
		return nil, errPassphrase
	}
	plain := make([]byte, len(key.Data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, key.Data)
	// PKCS#7 padding: the last byte says how many bytes there are of it.
	padding := int(plain[len(plain)-1])
	if padding == 0 || padding > size {
		return nil, errPassphrase
	}
	return plain[:len(plain)-padding], nil
}

// checkIterations refuses counts that are out of range, as an encryption that is not
// supported.
func checkIterations(n int) error {
	if n < 1 {
		return unsupportedEncryption{fmt.Sprintf("%d iterations, fewer than one", n)}
	}
	if n > maxIterations {
		return unsupportedEncryption{fmt.Sprintf("%d iterations, more than %d", n, maxIterations)}
	}
	return nil
}

// pbes2 reads the parameters of RFC 8018 and returns the cipher with its IV. The identifiers
// are those of 3DES and of AES with 128, 192 and 256 bits.
func pbes2(params []byte, passphrase string) (cipher.Block, []byte, error) {
	var p pbes2Params
	if _, err := asn1.Unmarshal(params, &p); err != nil {
		return nil, nil, fmt.Errorf("reading PBES2: %w", err)
	}
	// 24 bytes for 3DES and for AES-192.
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
		return nil, nil, unsupportedEncryption{"PBES2 and " + encryptionName(oid)}
	}
	var iv []byte
	if _, err := asn1.Unmarshal(p.Cipher.Parameters.FullBytes, &iv); err != nil {
		return nil, nil, fmt.Errorf("reading the cipher's IV: %w", err)
	}
	key, err := deriveKey(p.KDF, passphrase, length)
	if err != nil {
		return nil, nil, err
	}
	block, err := newCipher(key)
	return block, iv, err
}

// scryptParams is scrypt-params (RFC 7914 7.1).
type scryptParams struct {
	Salt      []byte
	N, R, P   int
	KeyLength int `asn1:"optional"`
}

// maxScryptMemory bounds what a hostile file can make us allocate, in bytes. scrypt takes
// 128·N·r of them (RFC 7914 2).
const maxScryptMemory = 256 << 20

// deriveKey makes the key of PBES2 by PBKDF2 or scrypt (RFC 7914), of length bytes.
func deriveKey(kdf pkix.AlgorithmIdentifier, passphrase string, length int) ([]byte, error) {
	switch oid := kdf.Algorithm.String(); oid {
	case "1.2.840.113549.1.5.12":
		var p pbkdf2Params
		if _, err := asn1.Unmarshal(kdf.Parameters.FullBytes, &p); err != nil {
			return nil, fmt.Errorf("reading PBKDF2: %w", err)
		}
		if err := checkIterations(p.Iterations); err != nil {
			return nil, err
		}
		newHash, err := prfOf(p.PRF.Algorithm.String())
		if err != nil {
			return nil, err
		}
		return pbkdf2.Key(newHash, passphrase, p.Salt, p.Iterations, length)
	case "1.3.6.1.4.1.11591.4.11":
		var p scryptParams
		if _, err := asn1.Unmarshal(kdf.Parameters.FullBytes, &p); err != nil {
			return nil, fmt.Errorf("reading scrypt: %w", err)
		}
		if p.N < 2 || p.R < 1 || p.P < 1 || p.R > 1<<10 || p.P > 1<<10 || p.N > maxScryptMemory/128/p.R {
			return nil, unsupportedEncryption{fmt.Sprintf("scrypt with N=%d, r=%d, p=%d, which are out of range", p.N, p.R, p.P)}
		}
		return scrypt.Key([]byte(passphrase), p.Salt, p.N, p.R, p.P, length)
	default:
		return nil, unsupportedEncryption{"PBES2 and key derivation " + oid}
	}
}

// prfOf names the hash of PBKDF2's HMAC; "" is the default, SHA-1 (RFC 8018 A.2).
func prfOf(oid string) (func() hash.Hash, error) {
	switch oid {
	case "1.2.840.113549.2.6":
		return md5.New, nil
	case "", "1.2.840.113549.2.7":
		return sha1.New, nil
	case "1.2.840.113549.2.8":
		return sha256.New224, nil
	case "1.2.840.113549.2.9":
		return sha256.New, nil
	case "1.2.840.113549.2.10":
		return sha512.New384, nil
	case "1.2.840.113549.2.11":
		return sha512.New, nil
	case "1.2.840.113549.2.12":
		return sha512.New512_224, nil
	case "1.2.840.113549.2.13":
		return sha512.New512_256, nil
	}
	return nil, unsupportedEncryption{"PBES2 and pseudo-random function " + oid}
}
