// Package filekind recognises what a file is by its first bytes and its name.
//
// It serves messages: somebody who gives an environment where a collection belongs is told what the file is and
// which option takes it. A file that is not recognised has the zero Kind, and the reader's own error stands.
package filekind

// A Kind is what a file was recognised as. The zero Kind is a file that was not recognised.
type Kind string

// The kinds that posthaste has a place for.
const (
	Collection      Kind = "a collection"
	Environment     Kind = "an environment"
	Globals         Kind = "a globals file"
	Rows            Kind = "iteration data in JSON"
	CSV             Kind = "CSV"
	Dotenv          Kind = "a file of KEY=value lines"
	OpenAPI         Kind = "an OpenAPI file"
	Recording       Kind = "the recording of a run"
	CookieJar       Kind = "a cookie jar"
	CertificateList Kind = "a list of client certificates"
	Certificate     Kind = "a certificate"
	PrivateKey      Kind = "a private key"
	Settings        Kind = "a settings file of posthaste"
	CallsNewman     Kind = "a file that calls newman"
)

// The kinds of other tools, which posthaste does not read.
const (
	HAR         Kind = "a HAR file"
	Dump        Kind = "a data export of Postman with several collections"
	NewmanJSON  Kind = "a JSON report of newman"
	Insomnia    Kind = "an export of Insomnia"
	Bruno       Kind = "a file of Bruno"
	HTTPFile    Kind = "a file of HTTP requests"
	Curl        Kind = "a curl command"
	Package     Kind = "a package.json"
	AsyncAPI    Kind = "an AsyncAPI file"
	JSONSchema  Kind = "a JSON Schema"
	JUnit       Kind = "a JUnit report"
	WSDL        Kind = "a WSDL file"
	HTML        Kind = "a web page"
	XML         Kind = "XML"
	YAML        Kind = "YAML"
	Netscape    Kind = "a cookie file in Netscape's format"
	JavaScript  Kind = "JavaScript"
	Script      Kind = "a script"
	Markdown    Kind = "a text in Markdown"
	Spreadsheet Kind = "a spreadsheet"
	Archive     Kind = "an archive"
	Gzip        Kind = "a compressed file"
	PDF         Kind = "a PDF file"
	Image       Kind = "an image"
	PKCS12      Kind = "a PKCS#12 file or a certificate in DER"
	Program     Kind = "a program"
	Binary      Kind = "a binary file"
)

// Hint says what to do with a file of this kind: which option or command takes it, or how to make something of it that
// one takes. name is what the hint calls the file. The zero Kind has no hint.
func (k Kind) Hint(name string) string {
	n := Quote(name)
	switch k {
	case Collection:
		return "give a collection by itself: posthaste run " + n
	case Environment:
		return "give an environment with -e: posthaste run COLLECTION -e " + n
	case Globals:
		return "give globals with -g: posthaste run COLLECTION -g " + n
	case Rows, CSV:
		return "give iteration data with -d: posthaste run COLLECTION -d " + n
	case Dotenv:
		return "give such a file with --env-file: posthaste run COLLECTION --env-file " + n
	case OpenAPI:
		return "make a collection of it: posthaste generate --openapi " + n + "; or check responses against it: posthaste run COLLECTION --openapi " + n
	case Recording:
		return "make reports of it: posthaste report " + n
	case CookieJar:
		return "give a cookie jar with --cookie-jar " + n
	case CertificateList:
		return "give the list with --ssl-client-cert-list " + n
	case Certificate:
		return "give a client certificate with --ssl-client-cert " + n + ", a certificate authority with --ssl-extra-ca-certs " + n
	case PrivateKey:
		return "give a key with --ssl-client-key " + n + ", beside --ssl-client-cert"
	case PKCS12:
		return "give a client certificate with --ssl-client-cert " + n
	case Settings:
		return "posthaste run reads posthaste.yaml by itself, in the directory in which it runs"
	case CallsNewman:
		return "rewrite its newman commands: posthaste migrate " + n
	default:
		return k.elsewhere(n)
	}
}

// elsewhere is the hint for a file of another tool. n is its name, quoted.
func (k Kind) elsewhere(n string) string {
	switch k {
	case HAR, Insomnia, HTTPFile, Curl, WSDL:
		return "import it into Postman, and export the collection in format 2.1"
	case Bruno:
		return "export a Postman collection from Bruno; docs/migrate.md says how"
	case Dump:
		return "import it into Postman, and export the collection in format 2.1"
	case NewmanJSON:
		return "posthaste report reads what the events reporter records: posthaste run COLLECTION -o events=run.ndjson"
	case Spreadsheet:
		return "save the sheet as CSV, and give that with -d"
	case Archive:
		return "unpack it first, and give the file in it: unzip " + n
	case Gzip:
		return "unpack it first: gunzip " + n
	case HTML:
		return "this may be a login page, or GitHub's view of a file: download the raw file"
	case Netscape:
		return "posthaste reads the cookie jar that --export-cookie-jar writes"
	case Package, Script, JavaScript, Markdown, JUnit, AsyncAPI, JSONSchema, XML, YAML, PDF, Image, Program, Binary:
		return "check the name of the file"
	default:
		return ""
	}
}

// IsBinary reports whether a file of this kind is no text.
func (k Kind) IsBinary() bool {
	switch k {
	case Spreadsheet, Archive, Gzip, PDF, Image, PKCS12, Program, Binary:
		return true
	default:
		return false
	}
}

// Text reports whether a file of this kind holds text for people or programs that nobody would call a table of values:
// it is refused where CSV is expected, although almost any text can be read as CSV.
func (k Kind) Text() bool {
	switch k {
	case "", CSV, Rows, Collection, Environment, Globals, CookieJar, CertificateList:
		return false
	default:
		return true
	}
}
