// Package cipher reads OpenSSL's lists of cipher suites.
//
// newman hands such a list to OpenSSL. Here it becomes the suites of crypto/tls; what that does not have is left out.
package cipher

import (
	"crypto/tls"
	"slices"
	"strings"
)

// An OpenSSL list of ciphers names suites, or words that stand for many: ECDHE+AESGCM:!aNULL:DEFAULT@SECLEVEL=0. Go chooses the
// suites of TLS 1.3 by itself, orders the others by itself, and lacks some. What a list can mean here is which suites of TLS 1.2
// are offered (openssl-ciphers(1)).

// Suites reads a list. The result is nil where the standard ones are to be offered. unknown are words that mean nothing here;
// ok is false where no word of the list means anything to OpenSSL, which refuses such a list.
func Suites(list string) (suites []uint16, unknown []string, ok bool) {
	removed := map[uint16]bool{}
	for word := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ':' || r == ',' || r == ' ' || r == ';' }) {
		word, _, level := strings.Cut(word, "@") // @SECLEVEL and @STRENGTH say nothing that Go can be told
		if word == "" && level {
			continue
		}
		operator := strings.TrimLeft(word, "!-+")
		matched, known := suitesOf(operator)
		if !known {
			unknown = append(unknown, word)
			continue
		}
		ok = true
		switch word[0] {
		case '+': // moves suites to the end
		case '!', '-':
			suites = slices.DeleteFunc(suites, func(id uint16) bool { return slices.Contains(matched, id) })
			for _, id := range matched {
				removed[id] = removed[id] || word[0] == '!'
			}
		default:
			for _, id := range matched {
				if !removed[id] && !slices.Contains(suites, id) {
					suites = append(suites, id)
				}
			}
		}
	}
	return suites, unknown, ok
}

// suitesOf returns the suites of TLS 1.2 that a name, a word, or several words joined by "+" stand for. known is false of words
// that OpenSSL does not have either.
func suitesOf(words string) (ids []uint16, known bool) {
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		name := openSSLName(suite.Name)
		if suite.Name == words || name == words {
			if !slices.Contains(suite.SupportedVersions, tls.VersionTLS12) {
				return nil, true // of TLS 1.3: always offered
			}
			return []uint16{suite.ID}, true
		}
	}
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		if slices.Contains(suite.SupportedVersions, tls.VersionTLS12) && allOf(words, openSSLName(suite.Name)) {
			ids = append(ids, suite.ID)
		}
	}
	for word := range strings.SplitSeq(words, "+") {
		if !isWord(word) {
			return nil, false
		}
	}
	return ids, true
}

// allOf says whether a suite, by OpenSSL's name, has every property of words joined by "+".
func allOf(words, name string) bool {
	for word := range strings.SplitSeq(words, "+") {
		if !hasProperty(name, word) {
			return false
		}
	}
	return true
}

// hasProperty says what a word means of a suite. Words for what no suite here has (aNULL, PSK …) are false of all.
func hasProperty(name, word string) bool {
	ecdhe, gcm := strings.HasPrefix(name, "ECDHE-"), strings.Contains(name, "GCM")
	weak := strings.Contains(name, "RC4") || strings.Contains(name, "DES")
	switch word {
	case "ALL", "TLSv1.2", "COMPLEMENTOFALL":
		return word != "COMPLEMENTOFALL"
	case "DEFAULT", "HIGH":
		return !weak
	case "MEDIUM", "COMPLEMENTOFDEFAULT":
		return weak
	case "TLSv1", "TLSv1.0", "SSLv3":
		return !gcm && !strings.Contains(name, "CHACHA20") && !strings.HasSuffix(name, "SHA256")
	case "kEECDH", "kECDHE", "EECDH", "ECDHE":
		return ecdhe
	case "kRSA":
		return !ecdhe
	case "RSA":
		return !ecdhe || strings.HasPrefix(name, "ECDHE-RSA-")
	case "aRSA":
		return !strings.HasPrefix(name, "ECDHE-ECDSA-")
	case "aECDSA", "ECDSA":
		return strings.HasPrefix(name, "ECDHE-ECDSA-")
	case "AES":
		return strings.Contains(name, "AES")
	case "AES128", "AES256", "CHACHA20", "RC4":
		return strings.Contains(name, word)
	case "AESGCM":
		return gcm
	case "3DES", "DES":
		return strings.Contains(name, "DES")
	case "SHA", "SHA1":
		return strings.HasSuffix(name, "-SHA")
	case "SHA256", "SHA384":
		return !gcm && strings.HasSuffix(name, "-"+word)
	}
	return false
}

// isWord knows OpenSSL's words for classes of suites.
func isWord(word string) bool {
	return slices.Contains(strings.Fields(`ALL COMPLEMENTOFALL DEFAULT COMPLEMENTOFDEFAULT HIGH MEDIUM LOW eNULL NULL aNULL kRSA aRSA RSA kDHr kDHd kDH
		kDHE kEDH DH DHE EDH ADH kEECDH kECDHE ECDH EECDH ECDHE AECDH aDSS DSS aDH aECDH aECDSA ECDSA TLSv1.2 TLSv1.0 TLSv1 SSLv3 AES128 AES256 AES
		AESGCM AESCCM AESCCM8 ARIA128 ARIA256 ARIA CAMELLIA128 CAMELLIA256 CAMELLIA CHACHA20 3DES DES RC4 RC2 IDEA SEED MD5 SHA1 SHA SHA256 SHA384
		aGOST aGOST01 kGOST GOST94 GOST89MAC PSK kPSK kECDHEPSK kDHEPSK kRSAPSK aPSK SRP kSRP aSRP SUITEB128 SUITEB128ONLY SUITEB192 EXP EXPORT CBC`), word)
}

// openSSLName turns "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" into "ECDHE-RSA-AES128-GCM-SHA256".
func openSSLName(name string) string {
	name = strings.TrimPrefix(name, "TLS_")
	name = strings.TrimPrefix(name, "RSA_WITH_")
	return strings.NewReplacer(
		"_WITH_", "-", "AES_128", "AES128", "AES_256", "AES256", "3DES_EDE_CBC", "DES-CBC3",
		"_CBC", "", "CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305", "RC4_128", "RC4", "_", "-",
	).Replace(name)
}
