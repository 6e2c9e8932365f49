package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ntlm is [MS-NTHT] (newman: ntlm.js). A request is sent plain; when it is refused, two more
// carry the messages of types 1 and 3. All three must use one connection, which then needs no
// more proof: the transport's pool gives sequential requests to an origin the same one.
type ntlm struct {
	env  Env
	step ntlmStep
	send string // the Authorization of the next try
}

// An ntlmStep says what the last try carried.
type ntlmStep int

const (
	ntlmPlain ntlmStep = iota
	ntlmNegotiate
	ntlmAuthenticate
)

// Sign sets Authorization to the message that is due, or removes it for the first try.
func (n *ntlm) Sign(_ context.Context, _ Params, r *Request) error {
	if r.Try == 0 {
		n.step, n.send = ntlmPlain, ""
	}
	r.dropHeaders("Authorization")
	if n.send != "" {
		r.setHeader("Authorization", n.send)
	}
	return nil
}

// Challenged makes the next message of the handshake. A refusal of the last one means wrong
// credentials.
func (n *ntlm) Challenged(_ context.Context, p Params, a *Answer) (again bool, err error) {
	if p.Bool("disableRetryRequest") || a.Code != 401 && a.Code != 403 {
		return false, nil
	}
	who := ntlmAccount(p)
	list := challenges(a.Header)
	switch n.step {
	case ntlmPlain:
		scheme := ntlmScheme(list)
		if scheme == "" {
			return false, nil
		}
		n.step = ntlmNegotiate
		n.send = scheme + " " + base64.StdEncoding.EncodeToString(negotiateMessage(who.domain, who.workstation))
		return true, nil
	case ntlmNegotiate:
		n.step = ntlmAuthenticate
		scheme, _, _ := strings.Cut(n.send, " ")
		message, err := n.authenticate(who, scheme, list)
		n.send = scheme + " " + message
		return err == nil, err
	default: // the proof was refused
		return false, nil
	}
}

// ntlmScheme returns the scheme to use: NTLM where it is offered, otherwise Negotiate, which
// carries NTLM as well; "" when neither is.
func ntlmScheme(list []challenge) string {
	scheme := ""
	for i := range list {
		switch {
		case list[i].is("NTLM"):
			return "NTLM"
		case list[i].is("Negotiate"):
			scheme = "Negotiate"
		}
	}
	return scheme
}

// authenticate answers the server's challenge, in base64. The proof depends on what the
// server can do: NTLMv2 where it has extended session security and sent its names (newman:
// httpntlm).
func (n *ntlm) authenticate(who account, scheme string, list []challenge) (string, error) {
	var m *challengeMessage
	for i := range list {
		if !list[i].is(scheme) || list[i].token68 == "" {
			continue
		}
		data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(list[i].token68, "="))
		if err != nil {
			return "", errNTLMChallenge
		}
		if m, err = parseChallenge(data); err != nil {
			return "", err
		}
		break
	}
	if m == nil {
		return "", errors.New("ntlm: server did not send NTLM type 2 message")
	}
	client := make([]byte, 8)
	if _, err := io.ReadFull(n.env.Rand, client); err != nil {
		return "", fmt.Errorf("drawing a challenge: %w", err)
	}
	var proof responses
	switch {
	case m.flags&ntlmExtendedSecurity == 0:
		proof = respondV1(who.password, m.server)
	case m.info == nil:
		proof = respondSession(who.password, m.server, client)
	default:
		key := ntKeyV2(who.user, who.domain, who.password)
		proof = respondV2(key, m.server, client, m.info, n.env.Now())
	}
	message := authenticateMessage(m, who.domain, who.user, who.workstation, proof)
	return base64.StdEncoding.EncodeToString(message), nil
}

// An account is who signs in, and from where. Domain and workstation are in upper case.
type account struct{ user, password, domain, workstation string }

// ntlmAccount reads the parameters. Without a domain, the user can be DOMAIN\user or
// user@domain, not both.
func ntlmAccount(p Params) account {
	a := account{p.Text("username"), p.Text("password"), p.Text("domain"), strings.ToUpper(p.Text("workstation"))}
	if a.domain == "" {
		down := strings.Split(a.user, `\`)
		up := strings.Split(a.user, "@")
		switch {
		case len(down) == 2 && len(up) == 1 && down[0] != "" && down[1] != "":
			a.domain, a.user = down[0], down[1]
		case len(up) == 2 && len(down) == 1 && up[0] != "" && up[1] != "":
			a.user, a.domain = up[0], up[1]
		}
	}
	a.domain = strings.ToUpper(a.domain)
	return a
}
