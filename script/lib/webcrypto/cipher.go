package webcrypto

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/asn1"
	"encoding/binary"
	"math/big"
)

// numbers reads the two numbers of an ECDSA signature in DER, the form that crypto/ecdsa
// returns. WebCrypto has them side by side.
func numbers(der []byte) (r, s *big.Int, err error) {
	var both struct{ R, S *big.Int }
	_, err = asn1.Unmarshal(der, &both)
	return both.R, both.S, err
}

// counted encrypts or decrypts by AES-CTR. The counter has the last bits of the block start
// and wraps while the rest of the block stays. crypto/cipher counts with the whole block, so
// data that passes the wrap is done in two parts. More blocks than the counter has values are
// refused: the key stream would repeat.
func counted(secret, start []byte, bits int, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	top := new(big.Int).Lsh(big.NewInt(1), uint(bits)) // number of counter values
	blocks := new(big.Int).SetInt64(int64((len(data) + aes.BlockSize - 1) / aes.BlockSize))
	if blocks.Cmp(top) > 0 {
		return nil, errKey // the counter would repeat
	}
	// The counter is the low bits, everything above it stays.
	whole := new(big.Int).SetBytes(start)
	counter := new(big.Int).Mod(whole, top)
	left := new(big.Int).Mul(new(big.Int).Sub(top, counter), big.NewInt(aes.BlockSize)) // bytes before it wraps
	out := make([]byte, len(data))
	if left.Cmp(big.NewInt(int64(len(data)))) >= 0 {
		cipher.NewCTR(block, start).XORKeyStream(out, data)
		return out, nil
	}
	n := int(left.Int64())
	cipher.NewCTR(block, start).XORKeyStream(out[:n], data[:n])
	// After the wrap the counter is 0.
	again := new(big.Int).Sub(whole, counter).FillBytes(make([]byte, aes.BlockSize))
	cipher.NewCTR(block, again).XORKeyStream(out[n:], data[n:])
	return out, nil
}

// chained is AES-CBC with the padding of PKCS#7 (RFC 5652, 6.3). Decrypting bytes with a
// wrong padding is errKey, without saying what is wrong with it.
func chained(encrypt bool, secret, iv, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	if encrypt {
		// A whole block of padding where the data fills its blocks.
		n := aes.BlockSize - len(data)%aes.BlockSize
		padded := append(append([]byte{}, data...), bytes.Repeat([]byte{byte(n)}, n)...)
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(padded, padded)
		return padded, nil
	}
	if len(data) == 0 || len(data)%aes.BlockSize != 0 {
		return nil, errKey
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, data)
	n := int(out[len(out)-1])
	if n == 0 || n > aes.BlockSize || !bytes.Equal(out[len(out)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, errKey
	}
	return out[:len(out)-n], nil
}

// galois is AES-GCM with an IV of any length from 8 and a tag of tag bytes. When decrypting,
// the tag is the end of data, which the caller must have checked to be long enough.
func galois(encrypt bool, secret, iv, additional []byte, tag int, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	if len(iv) < 8 { // OpenSSL's least
		return nil, errKey
	}
	gcm, err := cipher.NewGCMWithNonceSize(block, len(iv))
	if err != nil {
		return nil, err
	}
	if encrypt {
		sealed := gcm.Seal(nil, iv, data, additional)
		return sealed[:len(data)+tag], nil
	}
	body, want := data[:len(data)-tag], data[len(data)-tag:]
	// The cipher is its own inverse. The standard library opens no short tags, so the tag is made again and compared.
	plain := gcm.Seal(nil, iv, body, additional)[:len(body)]
	made := gcm.Seal(nil, iv, plain, additional)[len(body):]
	if subtle.ConstantTimeCompare(made[:tag], want) != 1 {
		return nil, errKey
	}
	return plain, nil
}

// kwStart is the initial value of RFC 3394, 2.2.3.1, by which unwrapping finds a wrong key.
const kwStart = 0xa6a6a6a6a6a6a6a6

// wrap is the key wrap of RFC 3394, 2.2.1. data is two or more blocks of 8 bytes; the result
// is 8 bytes longer.
func wrap(secret, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(secret)
	if err != nil || len(data)%8 != 0 || len(data) < 16 {
		return nil, errKey
	}
	out := append(binary.BigEndian.AppendUint64(nil, kwStart), data...)
	b := make([]byte, 16)
	n := len(data) / 8
	for j := range 6 { // six rounds over all blocks
		for i := 1; i <= n; i++ {
			copy(b, out[:8])
			copy(b[8:], out[8*i:8*i+8])
			block.Encrypt(b, b)
			binary.BigEndian.PutUint64(out, binary.BigEndian.Uint64(b)^uint64(n*j+i))
			copy(out[8*i:], b[8:])
		}
	}
	return out, nil
}

// unwrap is the inverse of wrap (RFC 3394, 2.2.2). The check value is compared in constant
// time.
func unwrap(secret, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(secret)
	if err != nil || len(data)%8 != 0 || len(data) < 24 {
		return nil, errKey
	}
	out := append([]byte{}, data...)
	b := make([]byte, 16)
	n := len(data)/8 - 1
	for j := 5; j >= 0; j-- {
		for i := n; i >= 1; i-- {
			binary.BigEndian.PutUint64(b, binary.BigEndian.Uint64(out)^uint64(n*j+i))
			copy(b[8:], out[8*i:8*i+8])
			block.Decrypt(b, b)
			copy(out, b[:8])
			copy(out[8*i:], b[8:])
		}
	}
	if subtle.ConstantTimeCompare(out[:8], binary.BigEndian.AppendUint64(nil, kwStart)) != 1 {
		return nil, errKey
	}
	return out[8:], nil
}
