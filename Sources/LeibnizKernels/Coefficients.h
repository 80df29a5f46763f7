// Written by Tests/Reference/coefficients.py, which derives them. Lowest power first.
#ifndef LEIBNIZ_COEFFICIENTS_H
#define LEIBNIZ_COEFFICIENTS_H

// (sin √z / √z − 1) / z for 1.0e-18 to 0.617, to 2^-55.61.
static const double sine_series[] = {
    -0x1.5555555555555p-3,
    0x1.1111111110bb1p-7,
    -0x1.a01a019e8357dp-13,
    0x1.71de37961e4c6p-19,
    -0x1.ae600a926c89ap-26,
    0x1.5e0af186af739p-33,
};

// (cos √z − 1 + z/2) / z² for 1.0e-18 to 0.617, to 2^-59.99.
static const double cosine_series[] = {
    0x1.5555555555555p-5,
    -0x1.6c16c16c16966p-10,
    0x1.a01a019f4e867p-16,
    -0x1.27e4fa17a41b4p-22,
    0x1.1eeb68b109173p-29,
    -0x1.907d7aebd5e3dp-37,
};

// (exp z − 1 − z) / z² for -0.3466 to 0.3466, to 2^-61.59.
static const double exponential_series[] = {
    0x1.0000000000000p-1,
    0x1.5555555555557p-3,
    0x1.5555555555556p-5,
    0x1.11111111100dcp-7,
    0x1.6c16c16c162d4p-10,
    0x1.a01a01abe7fe1p-13,
    0x1.a01a01a6d889cp-16,
    0x1.71de0231960ebp-19,
    0x1.27e4db646b17ep-22,
    0x1.af4de97ca4194p-26,
    0x1.1f730349868cep-29,
};

// (sinh √z / √z − 1) / z for 1.0e-18 to 0.1201, to 2^-58.78.
static const double hyperbolic_sine_series[] = {
    0x1.5555555555556p-3,
    0x1.11111111109b3p-7,
    0x1.a01a01a7c41d5p-13,
    0x1.71de0dae63bb3p-19,
    0x1.af38a9b0ec855p-26,
};

// (cosh √z − 1 − z/2) / z² for 1.0e-18 to 0.1201, to 2^-64.13.
static const double hyperbolic_cosine_series[] = {
    0x1.5555555555555p-5,
    0x1.6c16c16c167e1p-10,
    0x1.a01a01a47b054p-16,
    0x1.27e4e1f48534fp-22,
    0x1.1f66df7fca49fp-29,
};

// (2 artanh √z / √z − 2) / z for 1.0e-18 to 0.02944, to 2^-59.65.
static const double logarithm_series[] = {
    0x1.5555555555555p-1,
    0x1.9999999999998p-2,
    0x1.249249249295bp-2,
    0x1.c71c71c64c4b9p-3,
    0x1.745d17d378427p-3,
    0x1.3b137b291cc0dp-3,
    0x1.111d29291fef6p-3,
    0x1.debe85c9b376dp-4,
    0x1.e6b2d29e10ceap-4,
};

// the same without its first term, 2/3 for 1.0e-18 to 0.02944, to 2^-65.5.
static const double logarithm_fifth_series[] = {
    0x1.999999999999ap-2,
    0x1.2492492492491p-2,
    0x1.c71c71c71cfdbp-3,
    0x1.745d1745133b6p-3,
    0x1.3b13b1bc86c2ep-3,
    0x1.1110dfa7db53ep-3,
    0x1.e1f7fc3779f07p-4,
    0x1.ac4a626200195p-4,
    0x1.b8d598213fa38p-4,
};

// (arctan √z / √z − 1) / z for 1.0e-18 to 0.25, to 2^-57.53.
static const double arctangent_series[] = {
    -0x1.5555555555555p-2,
    0x1.9999999999999p-3,
    -0x1.24924924923c9p-3,
    0x1.c71c71c710d05p-4,
    -0x1.745d1742fe73ep-4,
    0x1.3b13b0d1135d3p-4,
    -0x1.111106e421d78p-4,
    0x1.e1e0898f15b2bp-5,
    -0x1.af1840b78e0d8p-5,
    0x1.858bb9a50f090p-5,
    -0x1.60afb3337c9a3p-5,
    0x1.378a8472944e6p-5,
    -0x1.f2f28a1f753b8p-6,
    0x1.35032b10445adp-6,
    -0x1.a2cf0e5628fd0p-8,
};

// (arcsin √z / √z − 1) / z for 1.0e-18 to 0.25, to 2^-58.54.
static const double arcsine_series[] = {
    0x1.5555555555555p-3,
    0x1.3333333333388p-4,
    0x1.6db6db6dac1e0p-5,
    0x1.f1c71c7a52ba3p-6,
    0x1.6e8ba123e494cp-6,
    0x1.1c4efce23019fp-6,
    0x1.c990ad3d8fdcap-7,
    0x1.7b027ee1dd585p-7,
    0x1.3b49de7121487p-7,
    0x1.31622469ce5adp-7,
    0x1.8f193743418ffp-9,
    0x1.406192d124629p-6,
    -0x1.3b416bb7d9257p-6,
    0x1.e529c6fce9bb4p-6,
};

// −log(erfc z) / z for 0.0 to 6.0, to 2^-56.03.
static const double error_exponent_series[] = {
    0x1.20dd750429b6dp+0,
    0x1.45f306dc9c897p-1,
    0x1.a4f4e2a1b206bp-4,
    -0x1.39668593d7827p-6,
    -0x1.b6b68befef9b5p-13,
    0x1.bca67bd258ab8p-10,
    -0x1.35654fa7a5281p-11,
    0x1.b22bc81daee46p-16,
    0x1.0e7f9824c15bap-14,
    -0x1.f2afb43915609p-16,
    0x1.c94fa22222f3ap-19,
    0x1.7c87d4f246e23p-19,
    -0x1.d3800a9c2d134p-20,
    0x1.692f784ad3fb7p-22,
    0x1.2695087a136aap-23,
    -0x1.306d7754356f4p-23,
    0x1.1a529a9cc6c0ep-24,
    -0x1.68236a0c8c0c5p-26,
    0x1.577225d4b583dp-28,
    -0x1.f350fd4cac629p-31,
    0x1.128a8f0e48be3p-33,
    -0x1.bbbd5e02e4608p-37,
    0x1.f20194df7e7b1p-41,
    -0x1.5add5f1a59407p-45,
    0x1.c3acf67e31819p-51,
};

// erf √z / √z − 1 for 1.0e-18 to 0.5625, to 2^-56.16.
static const double error_function_series[] = {
    0x1.06eba8214db69p-3,
    -0x1.812746b0379e7p-2,
    0x1.ce2f21a042bc6p-4,
    -0x1.b82ce31287ce6p-6,
    0x1.565bcd0e2c679p-8,
    -0x1.c02db3ec9fd99p-11,
    0x1.f9a32306e0932p-14,
    -0x1.f4d1d6286861cp-17,
    0x1.b9dae461077e7p-20,
    -0x1.5ec0e0bec99f7p-23,
    0x1.ef41d2b29a3a8p-27,
    -0x1.05364c48fa2d3p-30,
};

// (1 + 2x) erfc(x) exp(x²) of (x − 4) / (x + 4) for -0.6842 to 0.75, to 2^-54.35.
static const double error_function_complement_series[] = {
    0x1.3ba5916e9fd7fp+0,
    -0x1.1df1ad154a28dp-3,
    0x1.f7f5df66fd71fp-7,
    0x1.16ecefcfa5240p-4,
    -0x1.9ddb23c3e8b1dp-4,
    0x1.7fee004e1636ap-4,
    -0x1.0fb06dfe53df5p-4,
    0x1.3079edf5dc832p-5,
    -0x1.0962388286486p-6,
    0x1.49c672c3640b9p-8,
    -0x1.8d4a9ccc5b7acp-11,
    -0x1.a1df5bf772cefp-13,
    0x1.3be07fa41d58cp-13,
    -0x1.9951941ea4584p-16,
    -0x1.78942308b4b5ep-17,
    0x1.7ecf90fbcecd1p-18,
    0x1.3e40e8c134a84p-22,
    -0x1.b5f4524d3b542p-21,
    0x1.2cfac3c32d50ap-24,
    0x1.abefb53247c74p-24,
    -0x1.cf1ac617146ccp-27,
    -0x1.187589a12e015p-27,
};

#endif
