package transport

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
)

// The structures of PKCS#12 (RFC 7292) that hold certificates and their key.

type pfxFile struct {
	Version  int
	AuthSafe contentInfo
	Mac      macData `asn1:"optional"`
}

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"tag:0,explicit,optional"`
}

type macData struct {
	Mac struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}
	Salt       []byte
	Iterations int `asn1:"optional,default:1"`
}

type encryptedData struct {
	Version int
	Info    struct {
		Type      asn1.ObjectIdentifier
		Algorithm pkix.AlgorithmIdentifier
		Content   []byte `asn1:"tag:0,optional"`
	}
}

type safeBag struct {
	ID         asn1.ObjectIdentifier
	Value      asn1.RawValue `asn1:"tag:0,explicit"`
	Attributes asn1.RawValue `asn1:"set,optional"`
}

type certBag struct {
	ID   asn1.ObjectIdentifier
	Data []byte `asn1:"tag:0,explicit"`
}

// fromPFX returns certificate, chain and key of a PKCS#12 file.
func fromPFX(der []byte, passphrase string) (*tls.Certificate, error) {
	pair, err := readPFX(der, passphrase)
	switch {
	case errors.Is(err, errPassphrase):
		return nil, &Error{Code: "ERR_CRYPTO_OPERATION_FAILED", Message: "mac verify failure", Hint: "is the client certificate's passphrase right?", Err: err}
	case err != nil:
		return nil, &Error{Code: "ERR_CRYPTO_OPERATION_FAILED", Message: "Unable to load PFX certificate", Hint: err.Error(), Err: err}
	}
	return pair, nil
}

func readPFX(der []byte, passphrase string) (*tls.Certificate, error) {
	var file pfxFile
	if _, err := asn1.Unmarshal(der, &file); err != nil {
		return nil, fmt.Errorf("reading PKCS#12: %w", err)
	}
	safes, err := octets(file.AuthSafe)
	if err != nil {
		return nil, err
	}
	if len(file.Mac.Mac.Digest) > 0 {
		if err = macMatches(file.Mac, safes, passphrase); err != nil {
			return nil, err
		}
	}
	var infos []contentInfo
	if _, err = asn1.Unmarshal(safes, &infos); err != nil {
		return nil, fmt.Errorf("reading PKCS#12 contents: %w", err)
	}
	var found pfxContents
	for _, info := range infos {
		content, err := safeContents(info, passphrase)
		if err != nil {
			return nil, err
		}
		if err = found.read(content, passphrase); err != nil {
			return nil, err
		}
	}
	return found.pair()
}

// octets returns what an unencrypted ContentInfo holds.
func octets(info contentInfo) ([]byte, error) {
	if oid := info.Type.String(); oid != "1.2.840.113549.1.7.1" {
		return nil, fmt.Errorf("PKCS#12 content %s is not supported", oid)
	}
	var data []byte
	if _, err := asn1.Unmarshal(info.Content.Bytes, &data); err != nil {
		return nil, fmt.Errorf("reading PKCS#12 data: %w", err)
	}
	return data, nil
}

// safeContents returns one part of the file in the clear.
func safeContents(info contentInfo, passphrase string) ([]byte, error) {
	if info.Type.String() != "1.2.840.113549.1.7.6" {
		return octets(info)
	}
	var sealed encryptedData
	if _, err := asn1.Unmarshal(info.Content.Bytes, &sealed); err != nil {
		return nil, fmt.Errorf("reading PKCS#12 encrypted data: %w", err)
	}
	return decryptPBE(sealed.Info.Algorithm, sealed.Info.Content, passphrase)
}

// pfxContents collects what is in the bags of a file.
type pfxContents struct {
	certs []*x509.Certificate
	key   crypto.PrivateKey
}

func (p *pfxContents) read(content []byte, passphrase string) error {
	var bags []safeBag
	if _, err := asn1.Unmarshal(content, &bags); err != nil {
		return fmt.Errorf("reading PKCS#12 bags: %w", err)
	}
	for _, bag := range bags {
		key := bag.Value.Bytes
		var err error
		switch bag.ID.String() {
		case "1.2.840.113549.1.12.10.1.2":
			if key, err = decryptPKCS8(key, []byte(passphrase)); err != nil {
				return err
			}
			fallthrough
		case "1.2.840.113549.1.12.10.1.1":
			if p.key, err = x509.ParsePKCS8PrivateKey(key); err != nil {
				return err
			}
		case "1.2.840.113549.1.12.10.1.3":
			var held certBag
			if _, err = asn1.Unmarshal(bag.Value.Bytes, &held); err != nil {
				return fmt.Errorf("reading PKCS#12 certificate: %w", err)
			}
			cert, err := x509.ParseCertificate(held.Data)
			if err != nil {
				return err
			}
			p.certs = append(p.certs, cert)
		}
	}
	return nil
}

// pair puts the certificate that the key belongs to first.
func (p *pfxContents) pair() (*tls.Certificate, error) {
	signer, ok := p.key.(crypto.Signer)
	if !ok || len(p.certs) == 0 {
		return nil, errors.New("PKCS#12 file holds no certificate with its key")
	}
	want, err := x509.MarshalPKIXPublicKey(signer.Public())
	if err != nil {
		return nil, err
	}
	pair := &tls.Certificate{PrivateKey: p.key}
	for _, cert := range p.certs {
		if bytes.Equal(cert.RawSubjectPublicKeyInfo, want) && pair.Leaf == nil {
			pair.Leaf = cert
			pair.Certificate = append([][]byte{cert.Raw}, pair.Certificate...)
			continue
		}
		pair.Certificate = append(pair.Certificate, cert.Raw)
	}
	if pair.Leaf == nil {
		return nil, errors.New("PKCS#12 file holds a key of none of its certificates")
	}
	return pair, nil
}
