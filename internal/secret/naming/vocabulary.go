package naming

import (
	"strings"
	"sync"
)

// A lexicon is the words that names are judged by.
type lexicon struct {
	core      map[string]Class // words that name a secret
	last      map[string]bool  // last words of those
	whole     map[string]Class // names that the rules would judge wrongly
	after     map[string]bool  // words behind which the value is about a secret and not one
	before    map[string]bool  // words at the beginning that make it a statement or a number
	notBehind map[string]bool  // pairs of a word and a last word of core, together no secret: next token
	common    map[string]bool  // words around a Parameter that say nothing
	singular  map[string]bool  // words whose plurals mean the same
	known     map[string]bool  // every word, for those that are written together
	longest   int              // words of a core
}

//nolint:gochecknoglobals // a table, made when it is first used
var vocabulary = sync.OnceValue(newLexicon)

// newLexicon builds the lookup tables from the word lists above, once a process.
func newLexicon() *lexicon {
	v := &lexicon{
		core: map[string]Class{}, last: map[string]bool{}, whole: map[string]Class{}, after: set(afterWords), before: set(beforeWords), notBehind: map[string]bool{},
		common: set("x http header my the api app rest"), singular: map[string]bool{}, known: set(otherWords),
	}
	for _, phrase := range lines(corePhrases) {
		v.core[phrase] = Secret
		v.longest = max(v.longest, strings.Count(phrase, " ")+1)
		last := phrase[strings.LastIndexByte(phrase, ' ')+1:]
		v.singular[last] = true
	}
	for _, word := range strings.Fields(parameterWords) {
		v.core[word] = Parameter
	}
	for _, phrase := range lines(secretWholes) {
		v.whole[phrase] = Secret
	}
	for _, phrase := range lines(innocentWholes) {
		v.whole[phrase] = Innocent
	}
	for word := range strings.FieldsSeq(innocentTokens) {
		v.notBehind[word+" token"] = true
	}
	for word := range strings.FieldsSeq(innocentKeys) {
		v.notBehind[word+" key"] = true
	}
	for phrase := range v.core {
		v.last[phrase[strings.LastIndexByte(phrase, ' ')+1:]] = true
	}
	for _, table := range []map[string]Class{v.core, v.whole} {
		for phrase := range table {
			for word := range strings.FieldsSeq(phrase) {
				v.known[word] = true
			}
		}
	}
	for _, table := range []map[string]bool{v.after, v.before, v.common} {
		for word := range table {
			v.known[word] = true
		}
	}
	delete(v.known, "x")
	return v
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}

func lines(text string) (list []string) {
	for line := range strings.Lines(text) {
		for phrase := range strings.SplitSeq(line, ",") {
			if phrase = strings.Join(strings.Fields(phrase), " "); phrase != "" {
				list = append(list, phrase)
			}
		}
	}
	return list
}

// corePhrases name a secret, with any words before them.
const corePhrases = `
secret, password, passwd, passwort, passord, passphrase, passcode, pass code, passkey, htpasswd, pwd, psw, pswd, passw, pass phrase, pass word,
token, jwt, jws, jwe, csrf, xsrf, bearer, credential, creds, cred, authorization, signature, cookie, mnemonic, otp, totp, hotp, cvv, cvv2,
cvc, cvc2, cvn, pin, pan, api key, access key, private key, secret key, subscription key, signing key, sign key, signature key,
encryption key, decryption key, shared key, account key, master key, auth key, authentication key, authorization key, functions key,
function key, service key, storage key, webhook key, license key, licence key, session key, admin key, write key, read key, integration key,
app key, application key, server key, deploy key, aes key, rsa key, hmac key, hash key, ssh key, crypto key, cipher key, token key, apim key,
merchant key, partner key, developer key, dev key, user key, security key, instrumentation key, client key, symmetric key, priv key,
insert key, query key, role key, data key, root key, provider key, sas key, connection key, project api key, recovery key, backup key, shared access key,
session id, sess id, sessid, jsessionid, phpsessid, aspsessionid, connect sid, auth req id, auth code, authorization code, verification code,
security code, recovery code, backup code, device code, one time code, otp code, access code, login code, sms code, mfa code, 2fa code,
activation code, auth pin, code verifier, card number, credit card, cc number, primary account number, client assertion, saml response,
saml assertion, jwt assertion, seed phrase, recovery phrase, secret phrase, connection string, connection strings, db pass, database pass,
user pass, smtp pass, mail pass, ftp pass, admin pass, root pass, login pass, my pass, proxy pass, mysql pass, pg pass, redis pass, basic auth,
bearer auth, proxy auth, tableau auth, auth header, auth string, authorization header, authorization value, private pem, client pem, keystore pass,
personal access, shared access signature, hmac, salt, pepper, nettoken, secretaccesskey, sas
`

// parameterWords name a secret alone, where they are sent as a header, a cookie, a parameter or a field.
const parameterWords = `code key sig sid auth session sess sign pass pw assertion ticket authentication ssid`

// secretWholes are secret although the rules say otherwise.
const secretWholes = `
secret id, password confirmation, password confirm, confirm password, password repeat, password again, password reset token, new password,
reset password token, token value, secret value, password hash, passwordhash, authorization header, key vault secret, user code, x pin,
token response, token secret id, token 1, token in use, set cookie, cookie header, password text, password field value, secret text,
secret name value, client secret value, api key value, use token value, public token, session, session cookie, cookie session,
account session, user session, auth session, app session, laravel session, http session, rack session, session value, user session id, host session, secure session
`

// innocentWholes are no secrets although the rules say otherwise.
const innocentWholes = `
access control allow credential, public key, token endpoint auth method, private key jwt, forgot password, reset password, change password,
password reset, authorization server, authorization endpoint, authorization url, authorization code flow, client credential, grant type,
code challenge, cookie policy, cookie consent, cookie settings, signature input, cookie accepted, cookies enabled, pin up, sec web socket key,
session state, same site cookie, secret santa, pass through, sign in, sign up, sign on, sign out, signin, signup, access token url, key id,
sec websocket key, allow credential, with credential, salt lake city, x session affinity, client auth, auth user, credential type, x auth email, x auth user, auth email, http code, public key pin
`

// innocentTokens and innocentKeys are words before "token" and "key" that name something else.
const (
	innocentTokens = `page next continuation pagination sync cancellation prompt completion max min total input output num number stop unexpected
invalid expected publishable`
	innocentKeys = `public publishable pub`
)

// afterWords come behind what they tell something about.
const afterWords = `
endpoint endpoints uri uris url urls link links type types name names hint hints length len size expiry expires expire expired expiration exp
ttl lifetime duration in at to on by from id ids uuid guid count counts header headers prefix suffix path paths file files filename dir folder
host hosts hostname domain port algorithm algorithms alg algo method methods format policy policies status state states valid invalid validity
validation validator required require requirement requirements enabled enable disabled error errors err message messages msg reason description
desc title label labels placeholder help field fields form page screen dialog param params parameter parameters config configuration settings
setting options option strength rule rules pattern regex regexp min max limit limits budget usage used remaining total issued created updated
changed modified date time timestamp days hours minutes seconds age version source provider providers issuer issuers audience scope scopes
schema model mode kind class category group role roles level index position offset cursor exists present missing match matches matched
confirmed reset rotation rotated manager store service services server servers username owner balance price symbol address contract decimals
standard holder consent banner accepted preferences preference count success ok okay failed failure failures retry retries attempts attempt
request requests cache flow grant question encoding charset language available supported support needed
revoked revocation introspection introspect refreshed obtained acquired generation generated generator parser kid thumbprint fingerprint
prompt prompts helper helpers instruction instructions comment comments note notes summary tooltip button icon html css section docs documentation
`

// beforeWords begin a statement, or a number of things.
const beforeWords = `
add has have is are was use uses using show hide forgot forget enable enabled disable disabled allow allows require requires required
needs need support supports max min num number total count prompt completion remaining should can could must will no not without invalid missing
expired wrong bad empty verify validate
`

// otherWords are what is written together with the others.
const otherWords = `
client user access refresh api app application auth id web hook webhook admin db database login private public subscription merchant
service account master bot device push email mail card credit debit bank payment pay server proxy root old new current temp my our their
x oauth oauth2 openid saml sso ldap smtp ftp ssh aws azure gcp google github gitlab slack stripe twilio paypal vipps ocp apim key code
request session sess asp net php js form middleware verification hidden value bearer basic encrypted hashed hash signing encryption shared
`
