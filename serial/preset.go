package serial

import "slices"

// A PresetInfo describes a preset, the scheme of a standard or a law. Copy the pattern and change
// what your company chooses; the caller of Format gives the fields in it.
type PresetInfo struct {
	Name    string
	Pattern string
	Source  string // the standard or law
	Note    string // what to know before use
}

// Alphabets of presets.
const (
	vinChars = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789" // ISO 3779
	hibc     = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
	uii      = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/" // MIL-STD-130N
	tin      = "ABCDEFHJKLMNPRTUVWXY1234567890"         // 49 CFR 574.5
)

// Presets lists all presets.
func Presets() []PresetInfo { return slices.Clone(presets) }

// Preset returns the preset of a name that [Presets] lists, such as "udi", and whether there is
// one. A scrambled scheme needs its keys: see [Scheme.WithKeys].
func Preset(name string) (*Scheme, bool) {
	for _, p := range presets {
		if p.Name == name {
			return MustCompile(p.Pattern), true
		}
	}
	return nil, false
}

var presets = []PresetInfo{
	{
		Name:    "eu-fmd",
		Pattern: "{index:12 alnum without=IJLOQU scrambled}{odds:1/10000}",
		Source:  "Commission Delegated Regulation (EU) 2016/161, article 4",
		Note: "at most 20 characters; a guess hits with odds below 1/10,000; no serial again " +
			"until a year after expiry or five after release: never, here",
	},
	{
		Name:    "us-dscsa",
		Pattern: "{index:11 crockford scrambled}{check}",
		Source:  "21 U.S.C. 360eee (DSCSA), FDA SNI guidance",
		Note:    "at most 20 characters; randomisation is the maker's choice",
	},
	{
		Name:    "udi",
		Pattern: "{index:8 crockford scrambled group=4}{check}",
		Source:  "GS1 General Specifications, AI 21; 21 CFR 830; Regulation (EU) 2017/745",
		Note: "AI 21 takes at most 20 characters; the check character catches what is typed " +
			"from a label",
	},
	{
		Name:    "sscc",
		Pattern: "{index:9}",
		Source:  "GS1 General Specifications, 2.2.1",
		Note: "serial reference behind the extension digit and a company prefix of 7 digits: " +
			"16 digits together; package gs1 adds the check digit",
	},
	{
		Name:    "imei",
		Pattern: "{tac:8 digits}{index:6}{check:luhn}{reset:tac}",
		Source:  "3GPP TS 23.003, 6.2.1",
		Note:    "the type allocation code comes from the GSMA",
	},
	{
		Name:    "imeisv",
		Pattern: "{tac:8 digits}{index:6}{svn:2 digits}{reset:tac}",
		Source:  "3GPP TS 23.003, 6.2.2",
		Note:    "an IMEI without its check digit, then the number of the software version",
	},
	{
		Name:    "meid",
		Pattern: "{maker:8 hex}{index:6 hex}{check:luhn-hex}{reset:maker}",
		Source:  "3GPP2 S.R0048",
		Note: "regional code A0–FF and manufacturer code; the check digit is printed, not " +
			"transmitted",
	},
	{
		Name:    "mac-48",
		Pattern: "{oui:6 hex}{index:6 hex group=2}{reset:oui}",
		Source:  "IEEE 802, 8.2",
		Note:    "step=2 and more for devices that use the next addresses too",
	},
	{
		Name:    "eui-64",
		Pattern: "{oui:6 hex}{index:10 hex group=2}{reset:oui}",
		Source:  "IEEE Std 802, EUI-64",
	},
	{
		Name: "vin",
		Pattern: "{wmi:3 of=" + vinChars + "}{vds:5 of=" + vinChars +
			"}{check:vin over=all}{Y:vin}{plant:1 of=" + vinChars +
			"}{index:6}{reset:wmi,year,plant}",
		Source: "ISO 3779; 49 CFR 565",
		Note: "the year is the model year, so give that as the time; it repeats after thirty " +
			"years and the counter goes on; the index counts across descriptors",
	},
	{
		Name:    "iso6346",
		Pattern: "{owner:3 letters}U{index:6}{check:iso6346 skip}{reset:owner}",
		Source:  "ISO 6346:2022",
		Note: "U is a freight container, J its equipment, Z a trailer; numbers whose " +
			"remainder is 10 are left out, as the standard advises: to read those of " +
			"others, whose check is 0, take iso6346-any",
	},
	{
		Name: "iso6346-any",
		Pattern: "{owner:3 letters}{category:1 of=UJZ}{index:6}" +
			"{check:iso6346}{reset:owner,category}",
		Source: "ISO 6346:2022",
		Note: "reads every container number, also those whose remainder is 10; to issue new " +
			"ones take iso6346",
	},
	{
		Name:    "hibc-primary",
		Pattern: "+{lic:4}{product:1-18}{index:1}{check:mod43}",
		Source:  "ANSI/HIBC 2.6, primary data structure",
		Note:    "the index is the unit of measure, 0 to 9: this names a product, not a unit",
	},
	{
		Name:    "hibc-secondary",
		Pattern: "+$+{index:8 alnum}{link:1 of=\"" + hibc + "\"}{check:mod43}{given:product}",
		Source:  "ANSI/HIBC 2.6, secondary data structure with a serial number",
		Note: "link is the check character of the primary code; a serial number takes 18 " +
			"characters at most",
	},
	{
		Name:    "mil-std-130-1",
		Pattern: "D{cage:5 alnum without=IO}{index:8 alnum without=IO}{reset:cage}",
		Source:  "MIL-STD-130N, UII construct 1; data identifiers 18S, 25S",
		Note: "D is the agency of CAGE codes; unique within the enterprise; symbol.Envelope " +
			"puts it into ISO/IEC 15434",
	},
	{
		Name: "mil-std-130-2",
		Pattern: "D{cage:5 alnum without=IO}{part:1-32 of=" + uii +
			"}{index:8 alnum without=IO}{reset:cage,part}",
		Source: "MIL-STD-130N, UII construct 2; data identifiers 18S, 1P, S",
		Note:   "unique within the original part number; 50 characters at most",
	},
	{
		Name: "iso15459",
		Pattern: "{agency:2 letters}{company:9}{prefix:1-12}{index:12 alnum}" +
			"{reset:agency,company,prefix}",
		Source: "ISO/IEC 15459-1; data identifiers J (transport units), 25S (items)",
		Note: "35 characters at most; agency UN takes a D-U-N-S number, others have company " +
			"codes of other widths; the prefix is the company's, such as one for each " +
			"plant",
	},
	{
		Name:    "isbt128-din",
		Pattern: "{facility:5 alnum}{YY}{index:6}{check:mod37-2}{reset:facility,year}",
		Source:  "ISBT 128 Standard Technical Specification, data structure 001",
		Note:    "the check character is printed beside the number and not encoded",
	},
	{
		Name:    "ifa-ppn",
		Pattern: "11{index:8}{check:ppn}",
		Source:  "IFA: Pharmacy Product Number",
		Note:    "the index is the PZN, which IFA gives: this names a product, not a unit",
	},
	{
		Name:    "imo",
		Pattern: "IMO{index:6 as=number}{check:imo over=number}",
		Source:  "IMO resolution A.1117(30)",
		Note:    "numbers come from the register",
	},
	{
		Name: "tyre-dot",
		Pattern: "DOT{plant:3 of=" + tin + "}{code:6 of=" + tin +
			"}{WW}{GG}{index:5}{reset:plant,code,week}",
		Source: "49 CFR 574.5",
		Note: "the tyre identification number is 13 characters after DOT and ends in week " +
			"and year; the index behind it is the maker's own. WW is the ISO week: the " +
			"rule's week 01 is the first full one of the year",
	},
}
