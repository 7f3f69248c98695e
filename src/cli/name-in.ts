/** What a user principal name tells of its bearer's name: `ada.admin@contoso.example` is of "Ada Admin". */
export function nameIn(userPrincipalName: string): string {
  const [local = ''] = userPrincipalName.split('@');
  const words = local.split(/[._-]+/).filter((word) => word !== '');
  if (words.length === 0) return userPrincipalName;
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ');
}
