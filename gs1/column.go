package gs1

import (
	"database/sql/driver"
	"fmt"

	"github.com/gonameplate/nameplate/internal/gs1syntax"
)

// Keys are text in JSON, CSV and the like, and columns of databases: each type implements
// encoding.TextMarshaler, encoding.TextUnmarshaler, sql.Scanner and driver.Valuer. What comes in is
// checked as by the type's Parse function; "" and NULL are the zero value.

// unmarshalKey sets k to the key in text.
func unmarshalKey[K ~string](k *K, text []byte, parse func(string) (K, error)) error {
	if len(text) == 0 {
		*k = ""
		return nil
	}
	key, err := parse(string(text))
	if err == nil {
		*k = key
	}
	return err
}

// scanKey sets k to the key in a column.
func scanKey[K ~string](k *K, column any, parse func(string) (K, error)) error {
	switch c := column.(type) {
	case nil:
		*k = ""
		return nil
	case string:
		return unmarshalKey(k, []byte(c), parse)
	case []byte:
		return unmarshalKey(k, c, parse)
	}
	return fail(
		fault{Kind: gs1syntax.BadKey, Want: fmt.Sprintf("text, not a column of type %T", column)},
	)
}

// keyValue returns k as a column.
func keyValue[K ~string](k K) (driver.Value, error) {
	if k == "" {
		return nil, nil
	}
	return string(k), nil
}

// MarshalText returns the key as text. The error is always nil.
func (g GTIN) MarshalText() ([]byte, error) { return []byte(g), nil }

// UnmarshalText sets the key to text if [ParseGTIN] accepts it, and to "" if text is empty.
func (g *GTIN) UnmarshalText(text []byte) error { return unmarshalKey(g, text, ParseGTIN) }

// Scan sets the key to a text column if [ParseGTIN] accepts it, and to "" if the column is NULL.
func (g *GTIN) Scan(column any) error { return scanKey(g, column, ParseGTIN) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (g GTIN) Value() (driver.Value, error) { return keyValue(g) }

// MarshalText returns the key as text. The error is always nil.
func (k SSCC) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseSSCC] accepts it, and to "" if text is empty.
func (k *SSCC) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseSSCC) }

// Scan sets the key to a text column if [ParseSSCC] accepts it, and to "" if the column is NULL.
func (k *SSCC) Scan(column any) error { return scanKey(k, column, ParseSSCC) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k SSCC) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GLN) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGLN] accepts it, and to "" if text is empty.
func (k *GLN) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGLN) }

// Scan sets the key to a text column if [ParseGLN] accepts it, and to "" if the column is NULL.
func (k *GLN) Scan(column any) error { return scanKey(k, column, ParseGLN) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GLN) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k PGLN) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParsePGLN] accepts it, and to "" if text is empty.
func (k *PGLN) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParsePGLN) }

// Scan sets the key to a text column if [ParsePGLN] accepts it, and to "" if the column is NULL.
func (k *PGLN) Scan(column any) error { return scanKey(k, column, ParsePGLN) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k PGLN) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GRAI) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGRAI] accepts it, and to "" if text is empty.
func (k *GRAI) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGRAI) }

// Scan sets the key to a text column if [ParseGRAI] accepts it, and to "" if the column is NULL.
func (k *GRAI) Scan(column any) error { return scanKey(k, column, ParseGRAI) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GRAI) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GIAI) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGIAI] accepts it, and to "" if text is empty.
func (k *GIAI) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGIAI) }

// Scan sets the key to a text column if [ParseGIAI] accepts it, and to "" if the column is NULL.
func (k *GIAI) Scan(column any) error { return scanKey(k, column, ParseGIAI) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GIAI) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GSRN) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGSRN] accepts it, and to "" if text is empty.
func (k *GSRN) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGSRN) }

// Scan sets the key to a text column if [ParseGSRN] accepts it, and to "" if the column is NULL.
func (k *GSRN) Scan(column any) error { return scanKey(k, column, ParseGSRN) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GSRN) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GDTI) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGDTI] accepts it, and to "" if text is empty.
func (k *GDTI) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGDTI) }

// Scan sets the key to a text column if [ParseGDTI] accepts it, and to "" if the column is NULL.
func (k *GDTI) Scan(column any) error { return scanKey(k, column, ParseGDTI) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GDTI) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GCN) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGCN] accepts it, and to "" if text is empty.
func (k *GCN) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGCN) }

// Scan sets the key to a text column if [ParseGCN] accepts it, and to "" if the column is NULL.
func (k *GCN) Scan(column any) error { return scanKey(k, column, ParseGCN) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GCN) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GINC) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGINC] accepts it, and to "" if text is empty.
func (k *GINC) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGINC) }

// Scan sets the key to a text column if [ParseGINC] accepts it, and to "" if the column is NULL.
func (k *GINC) Scan(column any) error { return scanKey(k, column, ParseGINC) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GINC) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GSIN) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGSIN] accepts it, and to "" if text is empty.
func (k *GSIN) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGSIN) }

// Scan sets the key to a text column if [ParseGSIN] accepts it, and to "" if the column is NULL.
func (k *GSIN) Scan(column any) error { return scanKey(k, column, ParseGSIN) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GSIN) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k CPID) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseCPID] accepts it, and to "" if text is empty.
func (k *CPID) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseCPID) }

// Scan sets the key to a text column if [ParseCPID] accepts it, and to "" if the column is NULL.
func (k *CPID) Scan(column any) error { return scanKey(k, column, ParseCPID) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k CPID) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k ITIP) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseITIP] accepts it, and to "" if text is empty.
func (k *ITIP) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseITIP) }

// Scan sets the key to a text column if [ParseITIP] accepts it, and to "" if the column is NULL.
func (k *ITIP) Scan(column any) error { return scanKey(k, column, ParseITIP) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k ITIP) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k GMN) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseGMN] accepts it, and to "" if text is empty.
func (k *GMN) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseGMN) }

// Scan sets the key to a text column if [ParseGMN] accepts it, and to "" if the column is NULL.
func (k *GMN) Scan(column any) error { return scanKey(k, column, ParseGMN) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k GMN) Value() (driver.Value, error) { return keyValue(k) }

// MarshalText returns the key as text. The error is always nil.
func (k MUDI) MarshalText() ([]byte, error) { return []byte(k), nil }

// UnmarshalText sets the key to text if [ParseMUDI] accepts it, and to "" if text is empty.
func (k *MUDI) UnmarshalText(text []byte) error { return unmarshalKey(k, text, ParseMUDI) }

// Scan sets the key to a text column if [ParseMUDI] accepts it, and to "" if the column is NULL.
func (k *MUDI) Scan(column any) error { return scanKey(k, column, ParseMUDI) }

// Value returns the key as a text column, NULL if it is "". The error is always nil.
func (k MUDI) Value() (driver.Value, error) { return keyValue(k) }
