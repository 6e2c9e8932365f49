package transport

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"hash"
)

// This file undoes the encryption of keys in PKCS#8 (RFC 5958): PBES2 with PBKDF2 and AES or triple DES. The
// library that reads PKCS#12 keeps its own for itself, and the standard library has none.

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

// maxIterations bounds what a hostile file can make us compute.
const maxIterations = 2_000_000

// decryptPKCS8 returns the PKCS#8 key inside an EncryptedPrivateKeyInfo.
func decryptPKCS8(der, passphrase []byte) ([]byte, error) {
	var key encryptedKey
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return nil, fmt.Errorf("reading encrypted key: %w", err)
	}
	if oid := key.Algorithm.Algorithm.String(); oid != "1.2.840.113549.1.5.13" {
		return nil, fmt.Errorf("encryption %s is not supported", oid)
	}
	block, iv, err := pbes2(key.Algorithm.Parameters.FullBytes, string(passphrase))
	if err != nil {
		return nil, err
	}
	size := block.BlockSize()
	if len(iv) != size || len(key.Data) == 0 || len(key.Data)%size != 0 {
		return nil, errPassphrase
	}
	plain := make([]byte, len(key.Data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, key.Data)
	padding := int(plain[len(plain)-1])
	if padding == 0 || padding > size {
		return nil, errPassphrase
	}
	return plain[:len(plain)-padding], nil
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
