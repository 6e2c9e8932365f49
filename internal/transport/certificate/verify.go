package certificate

import (
	"crypto/x509"
	"errors"
	"net"
	"strings"

	"posthaste/internal/transport/failure"
)

// VerifyError names a certificate's fault as OpenSSL does. chain is what the server sent,
// leaf first; it must not be empty.
func VerifyError(err error, chain []*x509.Certificate) error {
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	fault := &failure.Error{Code: "CERT_UNTRUSTED", Message: err.Error(), Err: err}
	switch {
	case errors.As(err, &unknown):
		fault.Code, fault.Message = chainFault(chain)
		fault.Hint = "--insecure skips the check, --ssl-extra-ca-certs adds an authority"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		fault.Code, fault.Message = "CERT_HAS_EXPIRED", "certificate has expired"
		if strings.Contains(invalid.Detail, "is before") {
			fault.Code, fault.Message = "CERT_NOT_YET_VALID", "certificate is not yet valid"
		}
		fault.Hint = invalid.Detail
	case errors.As(err, &invalid):
		fault.Code, fault.Message, fault.Hint = "INVALID_PURPOSE", "unsuitable certificate purpose", err.Error()
	}
	return fault
}

// chainFault says why a chain leads to no authority, with Node's code. The last certificate
// decides: a chain that ends in one signed by itself is complete, and merely unknown.
func chainFault(chain []*x509.Certificate) (code, message string) {
	last := chain[len(chain)-1]
	selfSigned := string(last.RawIssuer) == string(last.RawSubject)
	switch {
	case selfSigned && len(chain) == 1:
		return "DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"
	case selfSigned:
		return "SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain"
	case len(chain) == 1:
		return "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate"
	}
	return "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate"
}

// NameError says that a certificate is for other names than host, as Node's
// tls.checkServerIdentity words it.
func NameError(host string, leaf *x509.Certificate) error {
	names := make([]string, 0, len(leaf.DNSNames)+len(leaf.IPAddresses))
	for _, n := range leaf.DNSNames {
		names = append(names, "DNS:"+n)
	}
	for _, ip := range leaf.IPAddresses {
		names = append(names, "IP Address:"+ip.String())
	}
	detail := "Host: " + host + ". is not in the cert's altnames: " + strings.Join(names, ", ")
	if net.ParseIP(host) != nil {
		ips := make([]string, 0, len(leaf.IPAddresses))
		for _, ip := range leaf.IPAddresses {
			ips = append(ips, ip.String())
		}
		detail = "IP: " + host + " is not in the cert's list: " + strings.Join(ips, ", ")
	}
	return &failure.Error{
		Code: "ERR_TLS_CERT_ALTNAME_INVALID", Message: "Hostname/IP does not match certificate's altnames: " + detail,
		Hint: "--insecure skips the check",
	}
}
