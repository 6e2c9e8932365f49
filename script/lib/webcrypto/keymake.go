package webcrypto

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"math/big"

	"github.com/dop251/goja"
)

// maxModulus bounds the bits of RSA keys that a script may generate: a larger one takes
// minutes, during which nothing can interrupt it.
const maxModulus = 8192

// pair shows a private key and its public half as an array, or undefined for an error.
func (h *host) pair(k *key, err error) goja.Value {
	if err != nil {
		return goja.Undefined()
	}
	return h.env.VM.NewArray(h.env.VM.ToValue(k), h.env.VM.ToValue(k.public()))
}

// generateRSA makes a key of 1024 to maxModulus bits with the exponent 65537, for which the
// standard library has a generator, or with 3. Other exponents are refused, as in browsers.
// The randomness is the machine's, also in a seeded run: crypto/rsa accepts no other.
func (h *host) generateRSA(bits int, exponent *big.Int) (*key, error) {
	if bits < 1024 || bits > maxModulus || exponent.Cmp(big.NewInt(65537)) != 0 && exponent.Cmp(big.NewInt(3)) != 0 {
		return nil, errKey
	}
	if exponent.Int64() == 65537 {
		private, err := rsa.GenerateKey(rand.Reader, bits)
		return &key{rsa: private}, err
	}
	for {
		private, err := withExponent(bits, exponent)
		if private != nil || err != nil {
			return &key{rsa: private}, err
		}
	}
}

// withExponent tries one pair of primes; nil without an error means that they do not fit: the
// exponent has no inverse, or the product is a bit short.
func withExponent(bits int, e *big.Int) (*rsa.PrivateKey, error) {
	p, err := rand.Prime(rand.Reader, (bits+1)/2)
	if err != nil {
		return nil, err
	}
	q, err := rand.Prime(rand.Reader, bits/2)
	if err != nil {
		return nil, err
	}
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	n, d := new(big.Int).Mul(p, q), new(big.Int).ModInverse(e, phi)
	if d == nil || n.BitLen() != bits || p.Cmp(q) == 0 {
		return nil, nil //nolint:nilnil // the next pair may fit
	}
	private := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: n, E: int(e.Int64())}, D: d, Primes: []*big.Int{p, q}}
	private.Precompute()
	return private, private.Validate()
}

// generateCurve makes a key of a curve from the sandbox's randomness, so that a seeded run
// makes the same keys.
func (h *host) generateCurve(curve string) (*key, error) {
	if curve == "Ed25519" {
		return &key{ed: ed25519.NewKeyFromSeed(h.env.Random(32))}, nil
	}
	if curve == "X25519" {
		private, err := ecdh.X25519().NewPrivateKey(h.env.Random(32))
		return &key{x: private}, err
	}
	c := curveOf(curve)
	if c == nil {
		return nil, errKey
	}
	// 64 bits more than the order has leave no bias that anybody could find (FIPS 186-5,
	// A.2.1).
	order := new(big.Int).Sub(c.Params().N, big.NewInt(1))
	d := new(big.Int).SetBytes(h.env.Random((c.Params().BitSize+7)/8 + 8))
	d.Mod(d, order).Add(d, big.NewInt(1))
	private, err := ecdsa.ParseRawPrivateKey(c, d.FillBytes(make([]byte, (c.Params().BitSize+7)/8)))
	return &key{ec: private}, err
}

// der writes a private key in PKCS#8, a public one in SPKI. Secrets have no such form.
func (k *key) der() ([]byte, error) {
	switch {
	case k.rsa != nil:
		return x509.MarshalPKCS8PrivateKey(k.rsa)
	case k.rsaPub != nil:
		return x509.MarshalPKIXPublicKey(k.rsaPub)
	case k.ec != nil:
		return x509.MarshalPKCS8PrivateKey(k.ec)
	case k.ecPub != nil:
		return x509.MarshalPKIXPublicKey(k.ecPub)
	case k.ed != nil:
		return x509.MarshalPKCS8PrivateKey(k.ed)
	case k.edPub != nil:
		return x509.MarshalPKIXPublicKey(k.edPub)
	case k.x != nil:
		return x509.MarshalPKCS8PrivateKey(k.x)
	case k.xPub != nil:
		return x509.MarshalPKIXPublicKey(k.xPub)
	}
	return nil, errKey
}

// raw is a copy of a secret's bytes or a public key's point, uncompressed. Private keys have
// no raw form.
func (k *key) raw() ([]byte, error) {
	switch {
	case k.secret != nil:
		return append([]byte{}, k.secret...), nil
	case k.ecPub != nil:
		return k.ecPub.Bytes()
	case k.edPub != nil:
		return append([]byte{}, k.edPub...), nil
	case k.xPub != nil:
		return k.xPub.Bytes(), nil
	}
	return nil, errKey
}

// jwk shows the members of a JWK that are the key's own: texts as they are, numbers and
// secrets as bytes, which the JavaScript encodes. The order is Node's.
func (h *host) jwk(k *key) goja.Value {
	o := h.env.VM.NewObject()
	set := func(name string, b []byte) { _ = o.Set(name, h.buffer(b, nil)) }
	pub := k.publicEC()
	switch {
	case k.secret != nil:
		set("k", append([]byte{}, k.secret...))
	case k.publicRSA() != nil:
		_ = o.Set("kty", "RSA")
		set("n", k.publicRSA().N.Bytes())
		set("e", big.NewInt(int64(k.publicRSA().E)).Bytes())
		if r := k.rsa; r != nil && len(r.Primes) == 2 {
			set("d", r.D.Bytes())
			set("p", r.Primes[0].Bytes())
			set("q", r.Primes[1].Bytes())
			set("dp", r.Precomputed.Dp.Bytes())
			set("dq", r.Precomputed.Dq.Bytes())
			set("qi", r.Precomputed.Qinv.Bytes())
		}
	case pub != nil:
		point, err := pub.Bytes()
		if err != nil {
			break
		}
		// The point is a mark byte and two coordinates of equal length.
		size := len(point) / 2
		_ = o.Set("kty", "EC")
		set("x", point[1:1+size])
		set("y", point[1+size:])
		_ = o.Set("crv", k.curve())
		if k.ec != nil {
			if d, err := k.ec.Bytes(); err == nil {
				set("d", d)
			}
		}
	default:
		h.octets(o, k)
	}
	return o
}

// octets sets the members of an OKP key (RFC 8037).
func (h *host) octets(o *goja.Object, k *key) {
	_ = o.Set("crv", k.curve())
	private, public := k, k
	if k.isPrivate() {
		public = k.public()
	}
	switch {
	case private.ed != nil:
		_ = o.Set("d", h.buffer(private.ed.Seed(), nil))
	case private.x != nil:
		_ = o.Set("d", h.buffer(private.x.Bytes(), nil))
	}
	x, err := public.raw()
	_ = o.Set("x", h.buffer(x, err))
	_ = o.Set("kty", "OKP")
}
