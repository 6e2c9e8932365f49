package certificate

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"strings"
)

// keyBlock finds the first private key of a file. Certificates, parameters of curves and text
// may stand before it, as openssl writes them. It is nil without one. All types of keys end
// in PRIVATE KEY.
func keyBlock(text []byte) *pem.Block {
	for text = withoutMark(text); ; {
		block, rest := pem.Decode(text)
		if block == nil || strings.HasSuffix(block.Type, "PRIVATE KEY") {
			return block
		}
		text = rest
	}
}

// certificates are the certificates of a file under the one label that the standard library
// reads. OpenSSL has an old label for them, and a third for those that say what they are
// trusted for behind the certificate. The order is kept: the client's own first, then its
// chain.
func certificates(text []byte) []byte {
	var out bytes.Buffer
	for text = withoutMark(text); ; {
		block, rest := pem.Decode(text)
		if block == nil {
			return out.Bytes()
		}
		switch block.Type {
		case "TRUSTED CERTIFICATE":
			var first asn1.RawValue
			if _, err := asn1.Unmarshal(block.Bytes, &first); err == nil {
				block.Bytes = first.FullBytes
			}
			fallthrough
		case "CERTIFICATE", "X509 CERTIFICATE":
			_ = pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: block.Bytes}) // a buffer takes everything
		}
		text = rest
	}
}

// withoutMark is a text without the byte order mark that editors on Windows put before it.
func withoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\uFEFF")) }

// decryptOld decrypts a key whose encryption stands in the PEM headers (RFC 1421), as OpenSSL
// wrote keys before PKCS#8.
func decryptOld(block *pem.Block, passphrase string) ([]byte, error) {
	if name, _, _ := strings.Cut(block.Headers["DEK-Info"], ","); !strings.HasPrefix(name, "AES-") && !strings.HasPrefix(name, "DES-") ||
		!strings.HasSuffix(name, "-CBC") || name == "DES-EDE-CBC" {
		return nil, unsupportedEncryption{name}
	}
	return x509.DecryptPEMBlock(block, []byte(passphrase)) //nolint:staticcheck // old keys are in use and there is no other reader
}

// unreadable says why no TLS of Go uses a key, "" when it is not known. block is not
// encrypted.
func unreadable(block *pem.Block) string {
	const curve = "the client certificate's key is on a curve that is not supported; P-256, P-384 and P-521 are"
	// PrivateKeyInfo of RFC 5958, as far as it is needed.
	var key struct {
		Version   int
		Algorithm struct {
			Name       asn1.ObjectIdentifier
			Parameters asn1.RawValue `asn1:"optional"`
		}
		Key []byte
	}
	if _, err := asn1.Unmarshal(block.Bytes, &key); err != nil {
		if block.Type == "EC PRIVATE KEY" {
			return curve
		}
		return ""
	}
	switch key.Algorithm.Name.String() {
	case "1.2.840.113549.1.1.10":
		return "the client certificate's key is an RSA key for PSS alone, which is not supported; take a plain RSA key or one on the curve P-256"
	case "1.2.840.10040.4.1":
		return "the client certificate's key is a DSA key, which is not supported; take an RSA key or one on the curve P-256"
	case "1.3.101.113":
		return "the client certificate's key is an Ed448 key, which is not supported; take an Ed25519 key or one on the curve P-256"
	case "1.2.840.10045.2.1":
		return curve
	}
	return ""
}
