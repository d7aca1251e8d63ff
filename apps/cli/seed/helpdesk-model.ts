import { transitionsFrom, type Model } from './model.js';

/** Written by `derive-model.ts` (docs/seed.md): from, to, count, and the waits in seconds. */
export const helpdeskModel: Model = {
  arrivals: [
    0, 0, 0, 0, 0, 0, 0, 66, 104, 94, 122, 60, 56, 100, 102, 112, 47, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 2, 98, 117, 118, 102, 69, 59, 96, 127, 125, 80, 19, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 74, 120, 115, 125, 69, 74, 83, 92, 139, 59, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 69,
    111, 109, 114, 55, 61, 94, 97, 106, 89, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 77, 99, 99,
    121, 53, 48, 91, 81, 86, 50, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0,
  ],
  transitions: transitionsFrom(`
    closed/close end 2 0 0 0 0 0 0 0 0 0 0 0
    closed/confirm end 4557 0 0 0 0 0 0 0 0 0 0 0
    pending_confirmation/notes withdraw-resolution 4 18 18 2434 2434 2434 434432 434432 434432 434432 2061393 2061393
    pending_confirmation/notes end 1 0 0 0 0 0 0 0 0 0 0 0
    pending_confirmation/notes notes 1 66491 66491 66491 66491 66491 66491 66491 66491 66491 66491 66491
    pending_confirmation/resolve confirm 4557 0 1296014 1296017 1297686 2355377 2592162 2764635 3128206 3700206 3949828 5180450
    pending_confirmation/resolve withdraw-resolution 422 0 0 0 1 1 3 712 10399 165506 586494 3613140
    pending_confirmation/resolve end 10 0 0 0 0 0 0 0 0 0 0 0
    pending_confirmation/resolve notes 5 204 204 268 268 2126 2126 2126 2989 2989 63326 63326
    pending_confirmation/resolve close 2 0 0 0 0 0 0 0 0 0 0 0
    pending_confirmation/resolve severity 1 1124209 1124209 1124209 1124209 1124209 1124209 1124209 1124209 1124209 1124209 1124209
    pending_confirmation/severity withdraw-resolution 1 149995 149995 149995 149995 149995 149995 149995 149995 149995 149995 149995
    pending_feedback/request-feedback provide-feedback 1455 0 6445 75063 181888 356049 592000 787662 1188485 1530023 2148098 3877350
    pending_feedback/request-feedback end 8 0 0 0 0 0 0 0 0 0 0 0
    pending_reply/forward resolve 459 4 7 9 11 14 18 35 72 583 85736 3564627
    pending_reply/forward request-feedback 93 5 9 17 66 325 1361 2714 12307 250372 500795 1204538
    pending_reply/forward notes 8 8 18 18 23 247 3621 3621 78176 354734 354734 847315
    pending_reply/forward forward 5 411 411 574 574 2086 2086 2086 61127 61127 510652 510652
    pending_reply/notes resolve 14 9063 328156 503094 511261 612279 768371 1198219 1300304 1316150 1554886 1641529
    pending_reply/notes notes 3 18 18 18 162186 162186 162186 162186 162186 523027 523027 523027
    pending_reply/notes request-feedback 2 17 17 17 17 17 1891975 1891975 1891975 1891975 1891975 1891975
    pending_reply/notes end 1 0 0 0 0 0 0 0 0 0 0 0
    pending_reply/provide-feedback resolve 773 0 0 0 0 0 0 0 0 0 0 0
    pending_reply/provide-feedback forward 558 0 0 0 0 0 0 0 0 0 0 0
    pending_reply/provide-feedback request-feedback 113 0 0 0 0 0 0 0 0 0 0 0
    pending_reply/provide-feedback notes 9 0 0 0 0 0 0 0 0 0 0 0
    pending_reply/provide-feedback severity 2 0 0 0 0 0 0 0 0 0 0 0
    pending_reply/severity forward 2 239577 239577 239577 239577 239577 2858898 2858898 2858898 2858898 2858898 2858898
    pending_reply/severity severity 1 6 6 6 6 6 6 6 6 6 6 6
    pending/create severity 4495 0 0 0 0 0 0 0 0 0 0 1535487
    pending/create handle 84 0 0 0 0 0 0 0 0 0 0 3983193
    pending/create notes 1 0 0 0 0 0 0 0 0 0 0 0
    pending/notes handle 13 667 694 2574 62353 83175 708222 790845 791225 1627498 3192973 3214198
    pending/notes notes 4 0 0 0 0 0 1 1 1 1 1029616 1029616
    pending/severity handle 4483 4 14 30 204 2770 19465 85486 249718 510634 1210343 4038854
    pending/severity severity 437 0 13 19 65 534 3974 56690 158471 431802 1035590 3809719
    pending/severity notes 12 21 82260 275658 585171 600835 1372655 1446750 1546695 1551616 1551654 2427462
    processing/forward resolve 147 6 279 3013 7228 22351 77797 256674 501665 799714 1407906 3541634
    processing/forward request-feedback 82 7 8 57 1421 3323 13582 74118 166664 338435 935887 1564366
    processing/forward forward 17 0 1010 1112 8799 27153 63466 98324 186119 500847 593883 1899595
    processing/forward notes 12 3 4 5 6 9 13793 236425 500028 968264 1143987 1231167
    processing/handle resolve 3229 0 6 54 507 2601 9947 68632 173048 431702 1058090 3893556
    processing/handle request-feedback 1163 0 26 447 3048 9824 72642 153464 317979 538905 927275 3361626
    processing/handle notes 110 7 11 58 2240 17606 77406 187468 444130 606497 1179609 2530859
    processing/handle forward 77 30 39 106 880 7953 84159 282214 430431 858591 1288477 3269978
    processing/handle severity 1 66672 66672 66672 66672 66672 66672 66672 66672 66672 66672 66672
    processing/notes resolve 107 4 1960 155410 606014 972044 1373253 1745846 1879070 2355136 3086925 4327604
    processing/notes notes 26 1 11 18 34 3904 161356 336219 945408 1205058 1728348 3709566
    processing/notes forward 8 8125 82281 82281 82321 98569 179655 179655 328514 1464689 1464689 3083477
    processing/notes request-feedback 6 35 1854 1854 1913 1913 67796 67796 146503 146503 314386 314386
    processing/notes end 1 0 0 0 0 0 0 0 0 0 0 0
    processing/severity severity 1 0 0 0 0 0 0 0 0 0 0 0
    processing/severity request-feedback 1 11202 11202 11202 11202 11202 11202 11202 11202 11202 11202 11202
    processing/withdraw-resolution resolve 268 0 0 0 0 0 0 0 0 0 0 0
    processing/withdraw-resolution forward 156 0 0 0 0 0 0 0 0 0 0 0
    processing/withdraw-resolution request-feedback 3 0 0 0 0 0 0 0 0 0 0 0
  `),
};
